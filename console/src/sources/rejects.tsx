import { Accordion, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Reject } from '../../../src/server/contract.ts'
import { rejectsQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { JsonText } from '../parts/code.tsx'
import { Card } from '../parts/page.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import { TimeAgo } from '../parts/time_ago.tsx'

/** What was refused at the door, each with its reason and the text itself. */
export function Rejects({ source }: { source: string }) {
  const rejects = useQuery(rejectsQuery(source))
  return (
    <Card title="Rejected at the door" flush>
      <Answer query={rejects}>
        {(found) =>
          found.rejects.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              Nothing was refused
            </Text>
          ) : (
            <Accordion chevronPosition="left" styles={{ content: { paddingTop: 0 } }}>
              {found.rejects.map((reject) => (
                <RejectItem key={reject.id} reject={reject} />
              ))}
            </Accordion>
          )
        }
      </Answer>
    </Card>
  )
}

function RejectItem({ reject }: { reject: Reject }) {
  return (
    <Accordion.Item value={String(reject.id)}>
      <Accordion.Control>
        <Text size="sm" className="wrap">
          {reject.reason.message}
        </Text>
        <Text size="xs" c="dimmed">
          <span className="mono">{reject.reason.code}</span> · <TimeAgo at={reject.at} />
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs">
          <ReasonText reason={reject.reason} />
          <JsonText text={reject.body} label="refused text" maxHeight={260} />
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}
