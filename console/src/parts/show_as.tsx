import { Button, Modal, Stack, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { JsonObject, Kind } from '../../../src/server/contract.ts'
import { sessionQuery } from '../api/queries.ts'
import { isStoredSecret } from '../api/specs.ts'
import { Code } from './code.tsx'
import { apiText, cliText } from './show_as_text.ts'
import { toYaml } from './to_yaml.ts'

interface ShowAsProps {
  readonly kind: Kind
  readonly name: string
  readonly spec: JsonObject
}

/** The button "Show as YAML / CLI / API" and what it opens: the same resource for files, terminal and programs. */
export function ShowAs({ kind, name, spec }: ShowAsProps) {
  const [opened, { open, close }] = useDisclosure(false)
  const { data: session } = useQuery(sessionQuery)
  const resource = { kind, name, spec: withReferences(kind, name, spec) }
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconCode size={14} />} onClick={open}>
        Show as YAML / CLI / API
      </Button>
      <Modal opened={opened} onClose={close} title={`${kind}/${name}`} size="xl">
        <Tabs defaultValue="yaml">
          <Tabs.List>
            <Tabs.Tab value="yaml">YAML</Tabs.Tab>
            <Tabs.Tab value="cli">CLI</Tabs.Tab>
            <Tabs.Tab value="api">API</Tabs.Tab>
          </Tabs.List>
          <Stack pt="sm" gap="xs">
            <Tabs.Panel value="yaml">
              <Code text={toYaml(resource)} label="YAML" />
              <Text size="xs" c="dimmed" mt="xs">
                Secrets are named, never written: set the environment variable where Backbeat runs.
              </Text>
            </Tabs.Panel>
            <Tabs.Panel value="cli">
              <Code text={cliText(kind, name)} label="commands" />
            </Tabs.Panel>
            <Tabs.Panel value="api">
              <Code
                text={apiText({ origin: location.origin, needsLogin: session?.login !== 'none', resource })}
                label="requests"
              />
            </Tabs.Panel>
          </Stack>
        </Tabs>
      </Modal>
    </>
  )
}

function withReferences(kind: Kind, name: string, spec: JsonObject): JsonObject {
  const variable = (field: string) => `${kind}_${name}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  return Object.fromEntries(
    Object.entries(spec).map(([field, value]) => [
      field,
      isStoredSecret(value) ? (value.ref ?? `\${env:${variable(field)}}`) : value,
    ]),
  )
}
