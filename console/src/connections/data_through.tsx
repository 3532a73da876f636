import { Text, Tooltip } from '@mantine/core'
import { dayText, shortDay } from '../parts/days.ts'
import { byDay, type Through } from './through.ts'

/** Up to which day the data is complete, by advertiser: `11 Mar (Acme US), 12 Mar (2 advertisers)`. */
export function DataThrough({ through, brief = false }: { through: readonly Through[]; brief?: boolean }) {
  const days = byDay(through)
  if (days.length === 0) return <span>–</span>
  if (brief) {
    return (
      <Tooltip label={<Everyone through={through} />}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hover must be reachable by keyboard */}
        <span tabIndex={0} className="nowrap">
          {shortDay(days[0]!.day)}
          {days.length > 1 && ` – ${shortDay(days.at(-1)!.day)}`}
        </span>
      </Tooltip>
    )
  }
  return (
    <Tooltip label={<Everyone through={through} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the hover must be reachable by keyboard */}
      <span tabIndex={0}>
        {days.map(({ day, names }, position) => (
          <span key={day}>
            {position > 0 && ', '}
            <span className="nowrap">{shortDay(day)}</span>
            {days.length > 1 && (
              <Text span size="xs" c="dimmed">
                {' '}
                ({names.length === 1 ? names[0] : `${names.length} advertisers`})
              </Text>
            )}
          </span>
        ))}
      </span>
    </Tooltip>
  )
}

const Everyone = ({ through }: { through: readonly Through[] }) =>
  through.map(({ advertiserId, advertiser, day }) => (
    <div key={advertiserId}>
      {advertiser}: {dayText(day)}, in its own zone
    </div>
  ))
