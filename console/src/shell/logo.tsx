import { Text } from '@mantine/core'

/** The mark and the name. */
export function Logo() {
  return (
    <>
      <img src="/favicon.svg" width={24} height={24} alt="" />
      <Text fw={700} size="lg" lts="-0.01em">
        Backbeat
      </Text>
    </>
  )
}
