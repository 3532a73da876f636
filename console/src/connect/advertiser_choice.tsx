import { Checkbox, Radio, Stack, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AccountConnection } from '../../../src/server/contract_streams.ts'
import { AdvertiserTable } from '../accounts/connection_card.tsx'
import { accountConnectionQuery } from '../api/stream_queries.ts'
import { Answer } from '../parts/answer.tsx'
import { Card } from '../parts/page.tsx'

interface AdvertiserChoiceProps {
  readonly account: string
  /** Null: all that the account reaches. */
  readonly value: readonly string[] | null
  readonly onChange: (advertisers: readonly string[] | null) => void
}

/** Which of the advertisers are read: all, or chosen ones. */
export function AdvertiserChoice({ account, value, onChange }: AdvertiserChoiceProps) {
  const connection = useQuery(accountConnectionQuery(account))
  return (
    <Card title="Advertisers">
      <Answer query={connection} rows={3}>
        {({ advertisers }) =>
          advertisers.length === 0 ? (
            <NamedAdvertisers value={value} onChange={onChange} />
          ) : (
            <Listed advertisers={advertisers} value={value} onChange={onChange} />
          )
        }
      </Answer>
    </Card>
  )
}

/** Where TikTok gives no list, as to a token without its app, advertisers are named by their ids. */
function NamedAdvertisers({ value, onChange }: Pick<AdvertiserChoiceProps, 'value' | 'onChange'>) {
  return (
    <TagsInput
      label="Advertiser ids"
      description="TikTok gives no list to this login: a token without its developer app can only read advertisers that are named"
      placeholder={value ? '' : '7000000000000000001'}
      value={[...(value ?? [])]}
      onChange={(ids) => onChange(ids.length === 0 ? null : ids)}
      splitChars={[',', ' ']}
    />
  )
}

interface ListedProps extends Pick<AdvertiserChoiceProps, 'value' | 'onChange'> {
  readonly advertisers: AccountConnection['advertisers']
}

function Listed({ advertisers, value, onChange }: ListedProps) {
  return (
    <Stack gap="sm">
      <Radio.Group
        aria-label="Which advertisers"
        value={value === null ? 'all' : 'some'}
        onChange={(which) => onChange(which === 'all' ? null : advertisers.map(({ id }) => id))}
      >
        <Stack gap={8}>
          <Radio value="all" label="All that the login reaches, new ones included" />
          <Radio value="some" label="Only some" />
        </Stack>
      </Radio.Group>
      <AdvertiserTable
        advertisers={advertisers}
        {...(value && { before: (id: string) => <Chosen id={id} value={value} onChange={onChange} /> })}
      />
    </Stack>
  )
}

interface ChosenProps {
  readonly id: string
  readonly value: readonly string[]
  readonly onChange: (advertisers: readonly string[]) => void
}

function Chosen({ id, value, onChange }: ChosenProps) {
  const isChosen = value.includes(id)
  return (
    <Checkbox
      size="xs"
      aria-label={`Read ${id}`}
      checked={isChosen}
      // At least one is read.
      disabled={isChosen && value.length === 1}
      onChange={() => onChange(isChosen ? value.filter((one) => one !== id) : [...value, id])}
    />
  )
}
