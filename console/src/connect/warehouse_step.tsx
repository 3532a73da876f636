import { Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { resourcesQuery } from '../api/queries.ts'
import { typed, type WarehouseSpec } from '../api/specs.ts'
import { Answer } from '../parts/answer.tsx'
import { StoredCheck } from '../warehouses/warehouse_check.tsx'
import { WarehouseForm } from '../warehouses/warehouse_form.tsx'
import { placeText, warehouseTitle } from '../warehouses/warehouse_types.ts'
import type { StepProps } from './connect.tsx'
import { ResourceChoice } from './resource_choice.tsx'
import { StepTitle } from './step_title.tsx'

/** Second step: where the tables shall stand. */
export function WarehouseStep({ draft, onChange }: StepProps) {
  const warehouses = useQuery(resourcesQuery('warehouse'))
  return (
    <Stack gap="lg">
      <StepTitle title="Into which warehouse?">
        A DuckDB file on this machine needs nothing else. A database of your own needs a user that may create a schema.
      </StepTitle>
      <Answer query={warehouses}>
        {(found) => (
          <Choice warehouses={found} chosen={draft.warehouse} onChoose={(warehouse) => onChange({ warehouse })} />
        )}
      </Answer>
      {draft.warehouse && (
        <>
          <TextInput
            label="Schema"
            description="Or dataset; the tables stand in it. It is made when it is not there"
            maw={360}
            className="mono"
            spellCheck={false}
            value={draft.schema}
            onChange={(change) => onChange({ schema: change.currentTarget.value })}
          />
          <StoredCheck warehouse={draft.warehouse} schema={draft.schema} />
        </>
      )}
    </Stack>
  )
}

interface ChoiceProps {
  readonly warehouses: readonly Resource[]
  readonly chosen: string | null
  readonly onChoose: (warehouse: string | null) => void
}

function Choice({ warehouses, chosen, onChoose }: ChoiceProps) {
  const [adding, setAdding] = useState(warehouses.length === 0)
  return (
    <Stack gap="md">
      {warehouses.length > 0 && (
        <ResourceChoice
          label="Warehouse"
          resources={warehouses}
          value={adding ? null : chosen}
          about={aboutWarehouse}
          other="Another warehouse"
          isOther={adding}
          onChoose={(name) => {
            setAdding(name === null)
            onChoose(name)
          }}
        />
      )}
      {adding && (
        <WarehouseForm
          onSaved={({ name }) => {
            setAdding(false)
            onChoose(name)
          }}
        />
      )}
    </Stack>
  )
}

function aboutWarehouse(warehouse: Resource): string {
  const { spec } = typed<WarehouseSpec>(warehouse)
  return `${warehouseTitle(spec.type)} · ${placeText(spec)}`
}
