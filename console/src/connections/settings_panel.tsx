import { Button, Grid, Group, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSave } from '../api/changes.ts'
import type { ConnectionSpec, Typed } from '../api/specs.ts'
import { streamsQuery } from '../api/stream_queries.ts'
import { AdvertiserChoice } from '../connect/advertiser_choice.tsx'
import { DaysInputs } from '../connect/days_inputs.tsx'
import { type ConnectionDraft, draftOf, specOf } from '../connect/draft.ts'
import { PolicyInput } from '../connect/policy_input.tsx'
import { ScheduleInput } from '../connect/schedule_input.tsx'
import { StreamChoice } from '../connect/stream_choice.tsx'
import { Answer } from '../parts/answer.tsx'
import { Failure } from '../parts/failure.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'
import { Card } from '../parts/page.tsx'

const INPUTS = ['schedule', 'history_days', 'backfill_days']

/** What the wizard asked, to be changed. Account, warehouse and schema stay: another place is another connection. */
export function SettingsPanel({ connection }: { connection: Typed<ConnectionSpec> }) {
  const before = draftOf(connection.name, connection.spec)
  const [draft, setDraft] = useState(before)
  const streams = useQuery(streamsQuery)
  const save = useSave('sync')
  const change = (some: Partial<ConnectionDraft>) => setDraft((last) => ({ ...last, ...some }))
  const isTouched = JSON.stringify(draft) !== JSON.stringify(before)
  const problems = formProblems(save.error)
  const submit = () =>
    save.mutate(
      { name: connection.name, spec: { ...connection.spec, ...specOf(draft) } },
      { onSuccess: () => notifications.show({ message: 'Saved. The next run goes by it' }) },
    )
  return (
    <Stack gap="md">
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Card title="History and schedule">
            <Stack gap="lg">
              <DaysInputs
                history={draft.historyDays}
                backfill={draft.backfillDays}
                errors={problems}
                onChange={({ history, backfill }) =>
                  change({
                    ...(history !== undefined ? { historyDays: history } : {}),
                    ...(backfill !== undefined ? { backfillDays: backfill } : {}),
                  })
                }
              />
              <ScheduleInput
                value={draft.schedule}
                error={Object.entries(problems).find(([field]) => field.startsWith('schedule'))?.[1]}
                onChange={(schedule) => change({ schedule })}
              />
            </Stack>
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Card title="Schema">
            <PolicyInput value={draft.policy} onChange={(policy) => change({ policy })} />
          </Card>
        </Grid.Col>
      </Grid>
      {draft.account && (
        <AdvertiserChoice
          account={draft.account}
          value={draft.advertisers}
          onChange={(advertisers) => change({ advertisers })}
        />
      )}
      <Card title="Streams">
        <Answer query={streams}>
          {(found) => (
            <StreamChoice streams={found} value={draft.streams} onChange={(chosen) => change({ streams: chosen })} />
          )}
        </Answer>
      </Card>
      <Failure error={save.error} hide={pathsOf(INPUTS)} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={!isTouched} onClick={() => setDraft(before)}>
          Discard
        </Button>
        <Button disabled={!isTouched || draft.streams?.length === 0} loading={save.isPending} onClick={submit}>
          Save
        </Button>
      </Group>
    </Stack>
  )
}
