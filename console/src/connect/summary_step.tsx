import { Button, Group, Stack, Switch, Table, Text, TextInput } from '@mantine/core'
import { IconArrowLeft, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import type { Estimate, Run } from '../../../src/server/contract_streams.ts'
import { call } from '../api/client.ts'
import { refresh, resourcePath } from '../api/queries.ts'
import { plain } from '../api/specs.ts'
import { askedQuery } from '../api/stream_queries.ts'
import { estimateText } from '../connections/estimate_text.ts'
import { count, counted } from '../parts/amounts.ts'
import { rangeText } from '../parts/days.ts'
import { Failure } from '../parts/failure.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'
import type { StepProps } from './connect.tsx'
import { type ConnectionDraft, offeredName, specOf } from './draft.ts'
import { forgetWizard } from './keep_draft.ts'
import { policyTitle } from './policy_input.tsx'
import { scheduleText } from './schedule.ts'
import { StepTitle } from './step_title.tsx'

/** Last step: all of it once more, what it will cost, and the button. */
export function SummaryStep({ draft, onChange }: StepProps) {
  const name = draft.name || offeredName(draft)
  const [startsNow, setStartsNow] = useState(true)
  const navigate = useNavigate()
  const make = useMake()
  return (
    <Stack gap="lg">
      <StepTitle title="Ready">
        The first run reads the history; each later one only what may have changed. It can be watched, stopped and
        repeated.
      </StepTitle>
      <TextInput
        label="Name of the connection"
        maw={420}
        required
        value={name}
        onChange={(change) => onChange({ name: change.currentTarget.value })}
        error={formProblems(make.error)['name']}
      />
      <Chosen draft={draft} />
      <EstimateOf draft={draft} />
      <Failure error={make.error} hide={pathsOf(['name'])} />
      <Group justify="space-between">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => void navigate({ to: '/connect', search: { step: 'policy' } })}
        >
          Back
        </Button>
        <Group gap="md">
          <Switch
            label="Start the first run now"
            checked={startsNow}
            onChange={(change) => setStartsNow(change.currentTarget.checked)}
          />
          <Button
            leftSection={<IconPlayerPlayFilled size={16} />}
            loading={make.isPending}
            disabled={name === ''}
            onClick={() => make.mutate({ draft: { ...draft, name }, startsNow })}
          >
            {startsNow ? 'Connect and start' : 'Connect'}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}

interface Made {
  readonly draft: ConnectionDraft
  readonly startsNow: boolean
}

/** Stores the connection, starts its first run if that is wanted, and goes to where it can be watched. */
function useMake() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    async mutationFn({ draft, startsNow }: Made): Promise<Run | null> {
      const name = draft.name.trim()
      await call<Resource>('PUT', resourcePath('sync', name), { spec: plain(specOf(draft)) })
      return startsNow ? call<Run>('POST', '/runs', { sync: name, kind: 'manual' }) : null
    },
    onSuccess(run, { draft }) {
      forgetWizard()
      void refresh(queries)
      if (run) void navigate({ to: '/runs/$id', params: { id: run.id }, search: {} })
      else void navigate({ to: '/connections/$name', params: { name: draft.name.trim() }, search: {} })
    },
  })
}

function Chosen({ draft }: { draft: ConnectionDraft }) {
  const lines: readonly (readonly [string, string])[] = [
    ['From', `${draft.account}, ${advertisersText(draft)}`],
    ['To', `${draft.warehouse}, schema ${draft.schema}`],
    ['Streams', draft.streams ? counted(draft.streams.length, 'stream') : 'The usual ones'],
    [
      'History',
      `${counted(draft.historyDays, 'day')}; later runs read the last ${counted(draft.backfillDays, 'day')} again`,
    ],
    ['Schedule', scheduleText(draft.schedule)],
    ['When a table changes', policyTitle(draft.policy)],
  ]
  return (
    <Table variant="vertical" withTableBorder maw={720}>
      <Table.Tbody>
        {lines.map(([label, text]) => (
          <Table.Tr key={label}>
            <Table.Th w={180}>{label}</Table.Th>
            <Table.Td className="wrap">{text}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const advertisersText = ({ advertisers }: ConnectionDraft): string =>
  advertisers ? counted(advertisers.length, 'advertiser') : 'all advertisers'

function EstimateOf({ draft }: { draft: ConnectionDraft }) {
  const estimate = useQuery(askedQuery<Estimate>('/syncs/estimate', { spec: plain(specOf(draft)) }))
  if (estimate.error) return <Failure error={estimate.error} />
  if (!estimate.data) {
    return (
      <Text size="sm" c="dimmed" role="status">
        Estimating the first run…
      </Text>
    )
  }
  return (
    <Stack gap="xs">
      <Text fw={600} role="status" className="tabular">
        The first run {estimateText(estimate.data).replace(/^R/, 'r')}.
      </Text>
      <details>
        <summary>By stream</summary>
        <Table.ScrollContainer minWidth={420} type="native">
          <Table verticalSpacing={4} maw={720}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stream</Table.Th>
                <Table.Th>Days</Table.Th>
                <Table.Th ta="right">Slices</Table.Th>
                <Table.Th ta="right">Calls, at least</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {estimate.data.streams.map(({ stream, days, slices, calls }) => (
                <Table.Tr key={stream}>
                  <Table.Td className="mono">{stream}</Table.Td>
                  <Table.Td>{days ? rangeText(days) : 'All there is'}</Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {count(slices)}
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {count(calls)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </details>
    </Stack>
  )
}
