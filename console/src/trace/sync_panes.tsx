import { Alert, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { DeliveryTrace, SyncTrace, Trace } from '../../../src/server/contract.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { JsonCode, JsonText } from '../parts/code.tsx'
import { CopyText } from '../parts/copy.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import { VERDICT } from '../parts/status.ts'
import { TextLink } from '../parts/text_link.tsx'
import { Answers } from './answer_pane.tsx'
import { FieldNotes, MappedFields, Warnings } from './mapped_pane.tsx'
import { NotReached, Pane } from './pane.tsx'
import { Rules } from './rules_pane.tsx'
import { type Stage, stagesOf } from './stages.ts'
import styles from './trace.module.css'

/** The panes of one sync. An event that matched several mappings has several deliveries: one is chosen. */
export function SyncPanes({ trace, sync }: { trace: Trace; sync: SyncTrace | undefined }) {
  const [chosen, setChosen] = useState(0)
  if (!sync) return <Unread trace={trace} />
  const delivery = sync.deliveries[chosen]
  const stages = stagesOf(sync, delivery)
  return (
    <Stack gap="md">
      {sync.deliveries.length > 1 && (
        <SegmentedControl
          aria-label="Mapping"
          style={{ alignSelf: 'flex-start' }}
          data={sync.deliveries.map(({ mapping }, position) => ({
            value: String(position),
            label: mapping ?? 'No mapping',
          }))}
          value={String(chosen)}
          onChange={(position) => setChosen(Number(position))}
        />
      )}
      <StageStrip stages={stages} />
      <Why delivery={delivery} />
      <Received trace={trace} />
      <Pane id="rules" number={2} title="Rules" aside={<SyncLink sync={sync} mapping={delivery?.mapping ?? null} />}>
        <Rules rules={sync.rules} />
      </Pane>
      <DeliveryPanes delivery={delivery} />
    </Stack>
  )
}

function DeliveryPanes({ delivery }: { delivery: DeliveryTrace | undefined }) {
  return (
    <>
      <Pane id="mapped" number={3} title="Mapped">
        {delivery?.mapped ? (
          <MappedFields mapped={delivery.mapped} />
        ) : (
          <NotReached>No mapping took this event</NotReached>
        )}
      </Pane>
      <Pane id="hashed" number={4} title="Normalised & hashed">
        <Shaped delivery={delivery} />
      </Pane>
      <Pane
        id="sent"
        number={5}
        title="Sent"
        aside={delivery?.request && delivery.curl && <CopyText value={delivery.curl} label="Copy cURL" />}
      >
        {delivery?.request ? (
          <Stack gap="xs">
            <Text size="sm" className="mono wrap">
              {delivery.request.method} {delivery.request.url}
            </Text>
            <JsonText text={delivery.request.body} label="request body" />
          </Stack>
        ) : (
          <NotReached>Nothing was sent</NotReached>
        )}
      </Pane>
      <Pane id="answer" number={6} title="TikTok's answer">
        {delivery ? <Answers delivery={delivery} /> : <NotReached>TikTok was not asked</NotReached>}
      </Pane>
    </>
  )
}

function Shaped({ delivery }: { delivery: DeliveryTrace | undefined }) {
  if (!delivery?.mapped) return <NotReached>There was nothing to shape</NotReached>
  return (
    <>
      {delivery.notes.length > 0 ? (
        <FieldNotes notes={delivery.notes} />
      ) : (
        <NotReached>Every field went as it was mapped</NotReached>
      )}
      <Warnings warnings={delivery.warnings} />
    </>
  )
}

const TONE = { dead: 'red', retry: 'orange', filtered: 'gray', suppressed: 'gray', delivered: 'gray', unread: 'gray' }

/** The reason, before everything else. */
function Why({ delivery }: { delivery: DeliveryTrace | undefined }) {
  if (!delivery?.reason) return null
  return (
    <Alert
      color={TONE[delivery.state]}
      icon={<StatusIcon status={VERDICT[delivery.state]} size={20} />}
      p="sm"
      role="note"
    >
      <ReasonText reason={delivery.reason} />
    </Alert>
  )
}

const Received = ({ trace }: { trace: Trace }) => (
  <Pane id="received" number={1} title="Received">
    <JsonCode value={trace.event} label="event" maxHeight={280} />
  </Pane>
)

function SyncLink({ sync, mapping }: { sync: SyncTrace; mapping: string | null }) {
  return (
    <TextLink to="/mappings/$sync" params={{ sync: sync.sync }} search={mapping ? { mapping } : {}} size="sm">
      {mapping ? 'Open the mapping' : 'Open the mappings'}
    </TextLink>
  )
}

function StageStrip({ stages }: { stages: readonly Stage[] }) {
  return (
    <Group component="nav" aria-label="Stages">
      <ol className={styles['stages']}>
        {stages.map(({ id, title, status }) => (
          <li key={id}>
            <a href={`#${id}`} className={styles['stage']} title={status.word}>
              <StatusIcon status={status} size={16} />
              {title}
              <span style={{ position: 'absolute', clip: 'rect(0 0 0 0)', overflow: 'hidden', width: 1 }}>
                {status.word}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </Group>
  )
}

const Unread = ({ trace }: { trace: Trace }) => (
  <Stack gap="md">
    <Text size="sm" c="dimmed">
      No sync reads this source, so nobody has looked at the event.{' '}
      <TextLink to="/mappings" size="sm">
        Map it
      </TextLink>
    </Text>
    <Received trace={trace} />
  </Stack>
)
