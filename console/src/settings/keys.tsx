import { Group, Kbd, SimpleGrid, Text } from '@mantine/core'
import { Card } from '../parts/page.tsx'
import { MOD_KEY } from '../shell/mod_key.ts'
import { PLACES } from '../shell/places.ts'

const KEYS: readonly (readonly [keys: readonly string[], act: string])[] = [
  [[MOD_KEY, 'K'], 'Search everything'],
  [['/'], 'Search this page'],
  [['j'], 'Next row'],
  [['k'], 'Row before'],
  [['Enter'], 'Open the row'],
  [['Esc'], 'Close, or back'],
  ...PLACES.flatMap(({ key, label }) => (key ? [[['g', key], label] as const] : [])),
]

/** The keys of the console. */
export const Keys = () => (
  <Card title="Keyboard">
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing={6}>
      {KEYS.map(([keys, act]) => (
        <Group key={act} gap={8} wrap="nowrap">
          <Group gap={3} w={64} wrap="nowrap">
            {keys.map((key) => (
              <Kbd key={key} size="xs">
                {key}
              </Kbd>
            ))}
          </Group>
          <Text size="sm">{act}</Text>
        </Group>
      ))}
    </SimpleGrid>
  </Card>
)
