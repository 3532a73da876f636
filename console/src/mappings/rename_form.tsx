import { Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { MappingSpec } from '../api/specs.ts'
import { FormActions } from '../parts/form_actions.tsx'
import { nameProblem } from './draft.ts'

interface RenameFormProps {
  readonly mappings: readonly MappingSpec[]
  readonly position: number
  readonly onRename: (name: string) => void
}

/** Asks for a mapping's new name, which no other mapping may have. */
export function RenameForm({ mappings, position, onRename }: RenameFormProps) {
  const [name, setName] = useState(mappings[position]!.name)
  const problem = nameProblem(mappings, position, name)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!problem) onRename(name.trim())
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          value={name}
          maxLength={80}
          error={problem}
          data-autofocus
          onChange={(change) => setName(change.currentTarget.value)}
        />
        <FormActions label="Rename" pending={false} disabled={problem !== null} />
      </Stack>
    </form>
  )
}
