/**
 * The type of the tables that word messages: each code of Rust's `Messages` has its text, which gets every value as a
 * text of its own: counts with separators, times as the pages write them, lists joined, sentences worded.
 */
import type { Messages } from '$lib/api';

type Coded = { code: string };

/** A value without a name in Rust is called `value`. */
type Values<P> = P extends string | number | readonly unknown[]
  ? { value: string }
  : { [K in keyof P]: string };

/** A text that ignores its values may be a plain one. */
type Text<S> = S extends { params: infer P } ? string | ((values: Values<P>) => string) : string;

export type TextsOf<S extends Coded> = { readonly [C in S['code']]: Text<Extract<S, { code: C }>> };

/** Every message by area and name. */
export type MessageTexts = { readonly [A in keyof Messages]: TextsOf<Messages[A]> };

/** The texts of one area. */
export type AreaTexts<A extends keyof Messages> = MessageTexts[A];
