import { Button, List, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHelpSquareRoundedFilled } from '@tabler/icons-react'
import type { Run, RunSlice } from '../../../src/server/contract_streams.ts'
import type { Advertisers } from '../api/advertisers.ts'
import { isOver } from '../api/stream_queries.ts'
import { counted } from '../parts/amounts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { rangeText } from '../parts/days.ts'
import { Notice } from '../parts/notice.tsx'
import { askedExactly } from './asked_again.ts'
import { sliceKey } from './heat.ts'
import { useStartRun } from './use_start_run.ts'

interface UnconfirmedProps {
  readonly run: Run
  readonly slices: readonly RunSlice[]
  readonly advertisers: Advertisers
}

// More are only counted.
const LISTED = 6

/** Slices for which TikTok gave no rows although the warehouse holds spend: nothing is removed before a person says so. */
export function Unconfirmed({ run, slices, advertisers }: UnconfirmedProps) {
  const [opened, { open, close }] = useDisclosure(false)
  const { start, isPending, error } = useStartRun()
  const empty = slices.filter(({ state }) => state === 'unconfirmed')
  if (empty.length === 0) return null
  return (
    <Notice
      tone="late"
      icon={IconHelpSquareRoundedFilled}
      title={`${counted(empty.length, 'empty answer')} to be confirmed`}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          TikTok gave no rows where the warehouse holds spend. A lost permission looks just like it, so nothing was
          removed.
        </Text>
        <EmptySlices slices={empty} advertisers={advertisers} />
        {isOver(run) && (
          <Button size="xs" variant="default" onClick={open}>
            Confirm that they are empty…
          </Button>
        )}
      </Stack>
      <Confirm
        opened={opened}
        onClose={close}
        title="Remove these rows?"
        action="Read again and remove"
        dangerous
        typeName={run.sync}
        pending={isPending}
        error={error}
        onConfirm={() => start(...askedExactly(run, empty).map((asked) => ({ ...asked, acceptsEmpty: true })))}
      >
        <Text size="sm">
          The slices are read once more. Where TikTok still gives nothing, their rows leave the table; what was removed
          is kept in the audit table of the warehouse.
        </Text>
        <EmptySlices slices={empty} advertisers={advertisers} />
      </Confirm>
    </Notice>
  )
}

function EmptySlices({ slices, advertisers }: { slices: readonly RunSlice[]; advertisers: Advertisers }) {
  return (
    <List size="sm" spacing={2}>
      {slices.slice(0, LISTED).map((slice) => (
        <List.Item key={sliceKey(slice)} className="wrap">
          <strong>{slice.stream}</strong> of {advertisers.get(slice.advertiserId)?.name ?? slice.advertiserId}
          {slice.days && `, ${rangeText(slice.days)}`}
        </List.Item>
      ))}
      {slices.length > LISTED && <List.Item>and {slices.length - LISTED} more</List.Item>}
    </List>
  )
}
