import { Alert, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Resource } from '../../../src/server/contract.ts'
import { HealthChip } from './chip.tsx'
import { Page } from './page.tsx'
import { RemoveButton } from './remove_button.tsx'
import { ShowAs } from './show_as.tsx'

interface ResourcePageProps {
  readonly resource: Resource
  readonly back: { readonly to: string; readonly label: string }
  /** What deleting it means. */
  readonly removing: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The page of one resource: its state, its other forms, and how to be rid of it. */
export function ResourcePage({ resource, back, removing, actions, children }: ResourcePageProps) {
  const { kind, name, spec, state } = resource
  return (
    <Page
      title={name}
      about={
        <Group gap="xs" mt={4}>
          <HealthChip health={state.health} /> {state.because}
        </Group>
      }
      back={back}
      actions={
        <>
          {actions}
          <ShowAs kind={kind} name={name} spec={spec} />
          <RemoveButton kind={kind} name={name} list={back.to}>
            {removing}
          </RemoveButton>
        </>
      }
    >
      <FilesNote resource={resource} />
      {children}
    </Page>
  )
}

/** Warns that configuration files will have the last word. */
export function FilesNote({ resource }: { resource: Resource }) {
  if (resource.managedBy !== 'files') return null
  return (
    <Alert color="gray" p="xs" role="note">
      <Text size="sm">This comes from configuration files: the next apply puts their version back.</Text>
    </Alert>
  )
}
