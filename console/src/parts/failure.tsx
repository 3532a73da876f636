import { Alert, List, Text } from '@mantine/core'
import { IconAlertOctagonFilled } from '@tabler/icons-react'
import type { Problem } from '../../../src/server/contract.ts'
import { ApiFailure } from '../api/client.ts'

/** An error as our server told it: the sentence, then every problem that no input shows. */
export function Failure({ error, hide = [] }: { error: Error | null; hide?: readonly string[] }) {
  if (!error) return null
  const problems = error instanceof ApiFailure ? error.problems.filter(({ path }) => !hide.includes(path)) : []
  return (
    <Alert color="red" variant="light" icon={<IconAlertOctagonFilled size={18} />} role="alert" p="sm">
      <Text size="sm" className="wrap">
        {error.message}
      </Text>
      {problems.length > 0 && <Problems problems={problems} />}
    </Alert>
  )
}

/** Each problem with the place it was found at. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <List size="sm" mt={4} spacing={2}>
      {problems.map(({ path, message }) => (
        <List.Item key={`${path} ${message}`} className="wrap">
          <span className="mono">{path}</span> {message}
        </List.Item>
      ))}
    </List>
  )
}
