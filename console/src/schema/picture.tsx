import { notifications } from '@mantine/notifications'
import { getNodesBounds, getViewportForBounds, useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { downloadUrl } from '../parts/download.ts'
import { PICTURE_WANTED } from './picture_wanted.ts'

// Browsers give up on larger canvases.
const SIDE_MAX = 8_000
const MARGIN = 0.02

interface ExportPictureProps {
  readonly host: RefObject<HTMLElement | null>
  /** The diagram shows itself in full, so that it can be drawn. */
  readonly isDrawn: boolean
  readonly onDraw: (isDrawn: boolean) => void
}

/** Draws the whole diagram, whatever part of it is seen, into a PNG when it is asked for. */
export function ExportPicture({ host, isDrawn, onDraw }: ExportPictureProps) {
  const { getNodes } = useReactFlow()
  useEffect(() => {
    const onWanted = () => onDraw(true)
    window.addEventListener(PICTURE_WANTED, onWanted)
    return () => window.removeEventListener(PICTURE_WANTED, onWanted)
  }, [onDraw])
  useEffect(() => {
    const view = host.current?.querySelector<HTMLElement>('.react-flow__viewport')
    if (!isDrawn || !view) return
    pictureOf(view, getNodesBounds(getNodes()))
      .then((url) => downloadUrl('schema.png', url))
      .catch((error: Error) =>
        notifications.show({ color: 'red', message: `Cannot draw the picture: ${error.message}` }),
      )
      .finally(() => onDraw(false))
  }, [isDrawn, host, getNodes, onDraw])
  return null
}

async function pictureOf(view: HTMLElement, bounds: ReturnType<typeof getNodesBounds>): Promise<string> {
  const { toPng } = await import('html-to-image')
  const scale = Math.min(2, SIDE_MAX / Math.max(bounds.width, bounds.height))
  const width = Math.ceil(bounds.width * scale)
  const height = Math.ceil(bounds.height * scale)
  const { x, y, zoom } = getViewportForBounds(bounds, width, height, 0.01, 2, MARGIN)
  return toPng(view, {
    backgroundColor: getComputedStyle(document.body).backgroundColor,
    width,
    height,
    pixelRatio: 1,
    // The page brings no font of its own.
    skipFonts: true,
    style: { width: `${width}px`, height: `${height}px`, transform: `translate(${x}px, ${y}px) scale(${zoom})` },
  })
}
