import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import type { Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import type { ReportSpec } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'

interface SaveReportProps {
  readonly saved: Resource | null
  readonly name: string
  readonly onName: (name: string) => void
  readonly spec: ReportSpec
  readonly isPossible: boolean
}

/** Stores the report under its name; from then on it is a stream of every connection. */
export function SaveReport({ saved, name, onName, spec, isPossible }: SaveReportProps) {
  const save = useSave('report')
  const navigate = useNavigate()
  const isTouched = saved === null || JSON.stringify(saved.spec) !== JSON.stringify(spec)
  const submit = () =>
    save.mutate(
      { name: name.trim(), spec },
      {
        onSuccess: ({ name: stored }) => {
          notifications.show({ message: `Saved. ${stored} is a stream of every connection now` })
          void navigate({ to: '/reports/$name', params: { name: stored } })
        },
      },
    )
  return (
    <Paper withBorder p="md" component="section" aria-label="Save">
      <Stack gap="sm">
        <Failure error={save.error} hide={pathsOf(['name'])} />
        <Group justify="space-between" align="flex-end" gap="sm">
          {saved ? (
            <Text size="sm" c="dimmed">
              {isTouched ? 'Not saved yet' : 'Saved as it is shown'}
            </Text>
          ) : (
            <TextInput
              label="Name"
              description="Of the report and its table, such as markets"
              required
              w={{ base: '100%', xs: 320 }}
              value={name}
              error={formProblems(save.error)['name']}
              onChange={(change) => onName(change.currentTarget.value)}
            />
          )}
          <Button loading={save.isPending} disabled={!isPossible || name.trim() === '' || !isTouched} onClick={submit}>
            Save the report
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
