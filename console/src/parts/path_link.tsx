import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'

interface PathLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** A path of the console, as the server or a list gives it, with its query. */
  readonly path: string
}

/** A link to a path that is only known as text. Anything but a path of ours leads home. */
export function PathLink({ path, ...rest }: PathLinkProps) {
  const router = useRouter()
  const href = isOurs(path) ? path : '/'
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    router.history.push(href)
  }
  return <a {...rest} href={href} onClick={follow} />
}

const isOurs = (path: string): boolean => path.startsWith('/') && !path.startsWith('//') && !path.includes('\\')
