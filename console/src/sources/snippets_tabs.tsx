import { Alert, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/queries.ts'
import { Code } from '../parts/code.tsx'
import { Card } from '../parts/page.tsx'
import { snippets } from './snippets.ts'

/** Code for each SDK, with this source's key and our address filled in. */
export function SnippetTabs({ writeKey }: { writeKey: string }) {
  const { data: session } = useQuery(sessionQuery)
  if (!session) return <Skeleton height={240} />
  const all = snippets(session.ingestUrl, writeKey)
  return (
    <Card title="Send events">
      <Tabs defaultValue="Browser" keepMounted={false}>
        <Tabs.List>
          {all.map(({ name }) => (
            <Tabs.Tab key={name} value={name} px={10}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {all.map(({ name, before, text }) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <Stack gap="xs">
              <Text size="sm" c="dimmed" className="wrap">
                {isCommand(before) ? <code>{before}</code> : before}
              </Text>
              <Code text={text} label={`${name} snippet`} />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
      {session.ingestUrl.startsWith('http://') && (
        <Alert color="gray" p="xs" mt="sm">
          <Text size="xs">
            {session.ingestUrl} works from this machine. Pages on https need Backbeat behind an https address.
          </Text>
        </Alert>
      )}
    </Card>
  )
}

const isCommand = (text: string): boolean => /^(?:npm|pip|go) /.test(text)
