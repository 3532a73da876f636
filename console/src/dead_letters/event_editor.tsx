import { Button, Drawer, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { JsonObject, Trace } from '../../../src/server/contract.ts'
import { call } from '../api/client.ts'
import { refresh, traceQuery } from '../api/queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Failure } from '../parts/failure.tsx'
import { JsonEditor, jsonProblem } from '../parts/json_editor.tsx'

interface EventEditorProps {
  readonly id: number | null
  readonly opened: boolean
  readonly onClose: () => void
}

/** Edits a dead letter, then stores it, or stores and retries it. */
export function EventEditor({ id, opened, onClose }: EventEditorProps) {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="xl" title={`Edit event ${id ?? ''}`}>
      {id !== null && <Editing key={id} id={id} onDone={onClose} />}
    </Drawer>
  )
}

function Editing({ id, onDone }: { id: number; onDone: () => void }) {
  // What is edited must be the event itself, not its masked form; the server writes this look to the audit log.
  const trace = useQuery(traceQuery(id, true))
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        This shows personal data. Looking and saving are both written to the audit log.
      </Text>
      <Answer query={trace}>{(found) => <EditForm id={id} trace={found} onDone={onDone} />}</Answer>
    </Stack>
  )
}

function EditForm({ id, trace, onDone }: { id: number; trace: Trace; onDone: () => void }) {
  const [text, setText] = useState(() => JSON.stringify(trace.event, null, 2))
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: async (retry: boolean) => {
      await call('PUT', `/events/${id}`, { event: JSON.parse(text) as JsonObject })
      if (retry) await call('POST', '/replay', { ids: [id], preview: false })
    },
    onSuccess: (_, retry) => {
      notifications.show({ message: retry ? 'Saved, and in line again' : 'Saved' })
      onDone()
      return refresh(queries)
    },
  })
  const isBroken = jsonProblem(text) !== null
  return (
    <Stack gap="sm">
      <JsonEditor value={text} onChange={setText} label="Event JSON" minHeight={320} />
      <Failure error={save.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={isBroken} loading={save.isPending} onClick={() => save.mutate(false)}>
          Save
        </Button>
        <Button disabled={isBroken} loading={save.isPending} onClick={() => save.mutate(true)}>
          Save and retry
        </Button>
      </Group>
    </Stack>
  )
}
