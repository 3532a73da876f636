import { Stack, Text } from '@mantine/core'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import type { FieldNote, JsonObject, Reason } from '../../../src/server/contract.ts'
import { StatusIcon } from '../parts/chip.tsx'
import { ReasonText } from '../parts/reason_text.tsx'
import styles from './notes.module.css'

/** The fields as the mapping took them from the event. */
export function MappedFields({ mapped }: { mapped: JsonObject }) {
  return (
    <div className={styles['notes']}>
      <ul className={styles['noteList']} aria-label="Mapped fields">
        {Object.entries(mapped).map(([field, value]) => (
          <li key={field} className={styles['mapped']}>
            <span className="mono wrap">{field}</span>
            <span className="mono wrap">{JSON.stringify(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How each field was shaped on its way to the wire. */
export function FieldNotes({ notes }: { notes: readonly FieldNote[] }) {
  return (
    <div className={styles['notes']}>
      <ul className={styles['noteList']} aria-label="Shaped fields">
        {notes.map(({ field, from, rule, to }) => (
          <li key={`${field} ${from}`} className={styles['note']}>
            <span className="mono wrap">{field}</span>
            <span className={styles['rule']}>{rule}</span>
            <span className={styles['shaping']}>
              <span className="mono wrap">{from}</span>
              {to !== from && (
                <>
                  <span aria-hidden className={styles['arrow']}>
                    →
                  </span>
                  <span className="mono wrap">{to || 'nothing'}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What will cost matches or value, though it stops nothing. */
export function Warnings({ warnings }: { warnings: readonly Reason[] }) {
  if (warnings.length === 0) return null
  return (
    <Stack gap="xs" mt="sm">
      {warnings.map((warning) => (
        <div key={`${warning.code} ${warning.field}`} style={{ display: 'flex', gap: 8 }}>
          <StatusIcon status={{ word: 'Warning', tone: 'late', icon: IconAlertTriangleFilled }} size={17} />
          <div>
            <Text span size="xs" fw={700}>
              Warning
            </Text>
            <ReasonText reason={warning} />
          </div>
        </div>
      ))}
    </Stack>
  )
}
