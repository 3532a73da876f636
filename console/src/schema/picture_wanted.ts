/** Event of the window that asks the diagram for a picture of itself: the menu knows nothing of the drawing library. */
export const PICTURE_WANTED = 'backbeat:schema-picture'
