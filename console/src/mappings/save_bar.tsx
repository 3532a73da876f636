import { Alert, Button, Group, Modal, Paper, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useBlocker } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import { plain, type SyncSpec } from '../api/specs.ts'
import { counted } from '../parts/amounts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { changedLines, diffLines } from '../parts/diff.ts'
import { DiffView } from '../parts/diff_view.tsx'
import { Failure } from '../parts/failure.tsx'
import { toYaml } from '../parts/to_yaml.ts'
import styles from './mappings.module.css'

interface SaveBarProps {
  readonly name: string
  readonly saved: SyncSpec
  readonly draft: SyncSpec
  readonly isStale: boolean
  readonly onSaved: (stored: Resource) => void
  readonly onDiscard: () => void
}

/** Stands at the foot while there are unsaved changes: shows them against what is saved, then saves. */
export function SaveBar({ name, saved, draft, isStale, onSaved, onDiscard }: SaveBarProps) {
  const [reviewing, review] = useDisclosure(false)
  const save = useSave('sync')
  const lines = diffLines(toYaml(plain(saved)), toYaml(plain(draft)))
  const changed = changedLines(lines)
  const submit = () =>
    save.mutate(
      { name, spec: draft },
      {
        onSuccess: (stored) => {
          onSaved(stored)
          notifications.show({ message: 'Saved. New events use it from now on' })
          review.close()
        },
      },
    )
  if (changed === 0) return null
  return (
    <>
      <Paper withBorder shadow="md" className={styles['saveBar']!} role="region" aria-label="Unsaved changes">
        <Text size="sm">
          <strong>Unsaved changes</strong>{' '}
          <Text span c="dimmed" size="sm">
            {counted(changed, 'line')}
          </Text>
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDiscard}>
            Discard
          </Button>
          <Button onClick={review.open}>Review and save</Button>
        </Group>
      </Paper>
      <Modal opened={reviewing} onClose={review.close} title="Changes to be saved" size="xl">
        <Stack gap="sm">
          {isStale && (
            <Alert color="orange" p="sm">
              Someone saved this sync after you opened it. Saving puts your version in place of theirs.
            </Alert>
          )}
          <DiffView lines={lines} />
          <Failure error={save.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={review.close}>
              Keep editing
            </Button>
            <Button loading={save.isPending} onClick={submit}>
              Save
            </Button>
          </Group>
        </Stack>
      </Modal>
      <LeaveGuard />
    </>
  )
}

/** Asks before unsaved changes are left behind. */
function LeaveGuard() {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: true,
    withResolver: true,
  })
  return (
    <Confirm
      opened={leaving.status === 'blocked'}
      onClose={() => leaving.reset?.()}
      title="Leave without saving?"
      action="Leave"
      dangerous
      onConfirm={() => leaving.proceed?.()}
    >
      The changes to this sync's mappings would be lost.
    </Confirm>
  )
}
