/** The shape of a translation: the same keys as the English texts, any words. */
export type TextsLike<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : TextsLike<T[Key]> };
