import { Radio, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { PresetList, Resource } from '../../../src/server/contract.ts'
import { useSave } from '../api/changes.ts'
import { presetsQuery, resourcesQuery } from '../api/queries.ts'
import type { MappingSpec, SyncSpec } from '../api/specs.ts'
import { Failure } from '../parts/failure.tsx'
import { FormActions } from '../parts/form_actions.tsx'
import { formProblems, pathsOf } from '../parts/form_problems.ts'
import { addPreset, DEFAULT_SET } from './draft.ts'

interface Inputs {
  name: string
  source: string | null
  destination: string | null
  set: string
}

const EMPTY_SET = 'none'

interface NewSyncProps {
  readonly onSaved: (saved: Resource) => void
  readonly onCancel: () => void
}

/** Makes a sync, with a whole set of ready mappings or none. */
export function NewSync({ onSaved, onCancel }: NewSyncProps) {
  const save = useSave('sync')
  const { data: presets } = useQuery(presetsQuery)
  const { data: sources = [] } = useQuery(resourcesQuery('event_source'))
  const { data: destinations = [] } = useQuery(resourcesQuery('destination'))
  const form = useForm<Inputs>({ initialValues: { name: '', source: null, destination: null, set: DEFAULT_SET } })
  const submit = form.onSubmit((inputs) =>
    save.mutate(
      { name: inputs.name.trim(), spec: specOf(inputs, presets) },
      { onSuccess: onSaved, onError: (error) => form.setErrors(errorsOf(error)) },
    ),
  )
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Such as shop-to-pixel"
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label="From event source"
          required
          data={sources.map(({ name }) => name)}
          nothingFoundMessage="Make an event source first"
          {...form.getInputProps('source')}
        />
        <Select
          label="To destination"
          required
          data={destinations.map(({ name }) => name)}
          nothingFoundMessage="Make a destination first"
          {...form.getInputProps('destination')}
        />
        <Radio.Group label="Start with" {...form.getInputProps('set')}>
          <Stack gap={8} mt={6}>
            {presets?.sets.map((set) => (
              <Radio key={set.name} value={set.name} label={`${set.title}: ${set.presets.length} mappings`} />
            ))}
            <Radio value={EMPTY_SET} label="No mapping" />
          </Stack>
        </Radio.Group>
        <Failure error={save.error} hide={[...pathsOf(['name']), 'spec.from.event_source', 'spec.to.destination']} />
        <FormActions label="Create sync" pending={save.isPending} disabled={!presets} onCancel={onCancel} />
      </Stack>
    </form>
  )
}

function specOf(inputs: Inputs, presets: PresetList | undefined): SyncSpec {
  const ready = presets?.sets.find(({ name }) => name === inputs.set)?.presets ?? []
  return {
    from: { event_source: inputs.source ?? '' },
    to: { destination: inputs.destination ?? '' },
    mappings: ready.reduce<readonly MappingSpec[]>((mappings, preset) => addPreset(mappings, preset, inputs.set), []),
  }
}

function errorsOf(error: Error): Record<string, string> {
  const { 'from.event_source': source, 'to.destination': destination, ...others } = formProblems(error)
  return { ...others, ...(source ? { source } : {}), ...(destination ? { destination } : {}) }
}
