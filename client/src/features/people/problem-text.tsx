import { useTranslation } from 'react-i18next';
import { Notice } from '#ui/notice.tsx';
import { type PeopleField, problemsOf } from './problem-of.ts';

/** What is wrong with a field, by what a call threw; null where it is about another. */
export function useFieldProblem(error: unknown): (field: PeopleField) => string | null {
  const { t } = useTranslation();
  if (error === null) return () => null;
  const problems = problemsOf(error);
  return (asked) => {
    const found = problems.find(({ field }) => field === asked);
    return found === undefined ? null : t(`people.problem.${found.problem}`, { names: found.names });
  };
}

/** What is wrong beyond the fields, by what a call threw. */
export function ProblemNotice({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const beyond = problemsOf(error).filter(({ field }) => field === null);
  return beyond.map(({ problem, names }) => (
    <Notice key={problem} tone="warn" title={t(`people.problem.${problem}`, { names })} />
  ));
}
