import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/notice.tsx';
import { problemOf } from './problem-of.ts';

/** What is wrong with a field, by what a call threw; null where it is about another. */
export function useFieldProblem(error: unknown): (field: 'name' | 'email') => string | null {
  const { t } = useTranslation();
  if (error === null) return () => null;
  const { problem, field, names } = problemOf(error);
  return (asked) => (field === asked ? t(`people.problem.${problem}`, { names }) : null);
}

/** What is wrong beyond the fields, by what a call threw. */
export function ProblemNotice({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const { problem, field, names } = problemOf(error);
  return field === null ? <Notice tone="warn" title={t(`people.problem.${problem}`, { names })} /> : null;
}
