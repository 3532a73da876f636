import { ActionIcon, Alert, Button, Group, Stack, Tabs, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleDashed, IconCircleXFilled, IconRefresh } from '@tabler/icons-react'
import type { EventRow } from '../../../src/server/contract.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { JsonCode, JsonText } from '../parts/code.tsx'
import { CopyText } from '../parts/copy.tsx'
import { Failure } from '../parts/failure.tsx'
import { JsonEditor } from '../parts/json_editor.tsx'
import { Card } from '../parts/page.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import type { Status } from '../parts/status.ts'
import { TimeAgo } from '../parts/time_ago.tsx'
import { FieldNotes, MappedFields, Warnings } from '../trace/mapped_pane.tsx'
import { NotReached } from '../trace/pane.tsx'
import { RuleDetail } from '../trace/rules_pane.tsx'
import styles from './live.module.css'
import type { LiveTest, Tried } from './live_test.ts'
import { TestSendPanel } from './test_send.tsx'

const SENDABLE: Status = { word: 'Would be sent', tone: 'good', icon: IconCircleCheckFilled }
const INVALID: Status = { word: 'Cannot be sent', tone: 'bad', icon: IconCircleXFilled }
const PASSED_OVER: Status = { word: 'Does not match', tone: 'off', icon: IconCircleDashed }
const UNKNOWN: Status = { word: 'Not tried', tone: 'off', icon: IconCircleDashed }

function statusOf(tried: Tried | undefined): Status {
  if (!tried || tried.problems.length > 0) return UNKNOWN
  if (!tried.rule?.matched) return PASSED_OVER
  return tried.delivery?.request ? SENDABLE : INVALID
}

interface LivePanelProps {
  readonly live: LiveTest
  readonly isOn: boolean
  readonly testEventCode: string
}

/** Real events beside the mapping: what it makes of each, with nothing saved and nothing sent. */
export function LivePanel({ live, isOn, testEventCode }: LivePanelProps) {
  const { chosen } = live
  return (
    <div className={styles['panel']}>
      <Card
        title="Try it on real events"
        aside={
          <Group gap={6}>
            <Tooltip label="Newest events">
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Newest events" onClick={live.refresh}>
                <IconRefresh size={15} />
              </ActionIcon>
            </Tooltip>
            <Button
              size="compact-xs"
              variant={chosen?.kind === 'own' ? 'light' : 'default'}
              onClick={() => live.choose({ kind: 'own' })}
            >
              Own JSON
            </Button>
          </Group>
        }
      >
        <Stack gap="sm">
          <EventPicker live={live} />
          {chosen?.kind === 'own' && (
            <JsonEditor
              value={live.ownText}
              onChange={live.setOwnText}
              label="Event to try"
              minHeight={140}
              maxHeight={260}
            />
          )}
          <Failure error={live.error} />
          <Verdict tried={live.current} isOn={isOn} />
          {live.current && <Outcomes live={live} tried={live.current} testEventCode={testEventCode} />}
        </Stack>
      </Card>
    </div>
  )
}

function EventPicker({ live }: { live: LiveTest }) {
  if (live.events.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        This source has sent no event yet; below is a sample to try.
      </Text>
    )
  }
  return (
    <div className={styles['events']} role="listbox" aria-label="Recent events">
      {live.events.map((event) => (
        <EventOption key={event.id} event={event} live={live} />
      ))}
    </div>
  )
}

function EventOption({ event, live }: { event: EventRow; live: LiveTest }) {
  const status = statusOf(live.tried.get(event.id))
  const isChosen = live.chosen?.kind === 'stored' && live.chosen.id === event.id
  return (
    <UnstyledButton
      role="option"
      aria-selected={isChosen}
      className={styles['event']!}
      title={status.word}
      onClick={() => live.choose({ kind: 'stored', id: event.id })}
    >
      <StatusIcon status={status} size={16} />
      <span className={styles['eventName']}>{event.name}</span>
      <span className={styles['eventTime']}>
        {status.word} · <TimeAgo at={event.receivedAt} />
      </span>
    </UnstyledButton>
  )
}

function Verdict({ tried, isOn }: { tried: Tried | undefined; isOn: boolean }) {
  if (!tried) return null
  const status = statusOf(tried)
  return (
    <div role="status" aria-label="Verdict">
      <Group gap={6}>
        <StatusIcon status={status} />
        <Text size="sm" fw={650}>
          {status.word}
        </Text>
      </Group>
      {tried.delivery?.reason && <ReasonText reason={tried.delivery.reason} />}
      {tried.problems.length > 0 && (
        <Text size="xs" c="dimmed">
          {tried.problems[0]!.message}
        </Text>
      )}
      {!isOn && (
        <Alert color="gray" p={6} mt={6}>
          <Text size="xs">Switched off: until it is on, and saved, nothing is sent.</Text>
        </Alert>
      )}
    </div>
  )
}

function Outcomes({ live, tried, testEventCode }: { live: LiveTest; tried: Tried; testEventCode: string }) {
  const { rule, delivery, event } = tried
  return (
    <Tabs defaultValue="match" keepMounted={false} classNames={{ tab: styles['tab']! }}>
      <Tabs.List>
        <Tabs.Tab value="match">Match</Tabs.Tab>
        <Tabs.Tab value="mapped">Mapped</Tabs.Tab>
        <Tabs.Tab value="hashed">Hashed</Tabs.Tab>
        <Tabs.Tab value="request">Request</Tabs.Tab>
        <Tabs.Tab value="event">Event</Tabs.Tab>
        <Tabs.Tab value="send">Test send</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="match" pt="sm">
        {rule ? <RuleDetail rule={rule} /> : <NotReached>The trigger cannot be read yet</NotReached>}
      </Tabs.Panel>
      <Tabs.Panel value="mapped" pt="sm">
        {delivery?.mapped ? (
          <MappedFields mapped={delivery.mapped} />
        ) : (
          <NotReached>Nothing is mapped: the event does not match</NotReached>
        )}
        <Warnings warnings={delivery?.warnings ?? []} />
      </Tabs.Panel>
      <Tabs.Panel value="hashed" pt="sm">
        {delivery ? <FieldNotes notes={delivery.notes} /> : <NotReached>Nothing to shape</NotReached>}
      </Tabs.Panel>
      <Tabs.Panel value="request" pt="sm">
        {delivery?.request ? (
          <Stack gap="xs">
            <Group justify="space-between" wrap="nowrap">
              <Text size="xs" className="mono wrap">
                {delivery.request.method} {delivery.request.url}
              </Text>
              {delivery.curl && <CopyText value={delivery.curl} label="Copy cURL" />}
            </Group>
            <JsonText text={delivery.request.body} label="request body" />
          </Stack>
        ) : (
          <NotReached>No request: see the verdict above</NotReached>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="event" pt="sm">
        <JsonCode value={event} label="event" />
      </Tabs.Panel>
      <Tabs.Panel value="send" pt="sm">
        <TestSendPanel live={live} defaultCode={testEventCode} />
      </Tabs.Panel>
    </Tabs>
  )
}
