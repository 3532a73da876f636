/** A difference with its sign: growth is told apart at a glance. */
export const signed = (text: string): string => (/^[-–]/.test(text) || /^[0.,]+$/.test(text) ? text : `+${text}`)
