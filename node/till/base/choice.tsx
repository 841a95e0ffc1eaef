// One of a few: buttons side by side, the chosen one pressed.
export function Choice<T extends string>(choice: {
  title: string;
  hint?: string;
  options: Record<T, string>;
  chosen: T;
  onChoose: (option: T) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>
        {choice.title} {choice.hint && <span className="meta">{choice.hint}</span>}
      </legend>
      {(Object.keys(choice.options) as T[]).map((option) => (
        <button
          key={option}
          type="button"
          className="action"
          aria-pressed={option === choice.chosen}
          onClick={() => choice.onChoose(option)}
        >
          {choice.options[option]}
        </button>
      ))}
    </fieldset>
  );
}
