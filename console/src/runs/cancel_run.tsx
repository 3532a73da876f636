import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan } from '@tabler/icons-react'
import type { Run } from '../../../src/server/contract_streams.ts'
import { usePost } from '../api/changes.ts'
import { Confirm } from '../parts/confirm.tsx'

/** Stops a run; what it has replaced so far stays. */
export function CancelRun({ run }: { run: Run }) {
  const [opened, { open, close }] = useDisclosure(false)
  const cancel = usePost<Run>(`/runs/${encodeURIComponent(run.id)}/cancel`)
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconBan size={14} />} onClick={open}>
        Cancel run
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title="Cancel this run?"
        action="Cancel the run"
        dangerous
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate(undefined, { onSuccess: close })}
      >
        Slices that are done stand in the warehouse and stay; the others keep what they held before. The next run goes
        on from there.
      </Confirm>
    </>
  )
}
