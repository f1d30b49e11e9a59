import { useState, type ReactNode } from 'react';
import { chooseTheme, currentTheme } from '../../design/theme.js';
import { BoardTime, SourceState } from '../../model/index.js';
import { useShown } from './use-shown.js';

export function Masthead(): ReactNode {
  const { name, phase, text } = useShown(SourceState);
  const { clock, date } = useShown(BoardTime);
  return (
    <header className="masthead">
      <h1 className="masthead__title">Wallboard</h1>
      <p className="masthead__source">
        <span className={`badge badge--${phase}`} data-phase={phase}>
          <span className={`glyph glyph--${phase}`} aria-hidden="true" />
          {text}
        </span>
        <span>{name}</span>
      </p>
      <p className="masthead__time">
        <span>{date}</span>
        <span className="masthead__clock">{clock}</span>
      </p>
      <ThemeButton />
    </header>
  );
}

function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const choose = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button type="button" className="button" onClick={choose}>
      {other === 'dark' ? 'Dark' : 'Light'}
      <span className="visually-hidden"> theme</span>
    </button>
  );
}
