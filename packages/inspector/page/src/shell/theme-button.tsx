import { useState } from 'react';
import { chooseTheme, currentTheme } from '../client/theme.js';
import { Button } from '../parts/button.js';
import { useShortcut } from '../parts/use-shortcut.js';

/** Shows the page dark, or light. */
export function ThemeButton(): React.ReactNode {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = (): void => {
    chooseTheme(other);
    setTheme(other);
  };
  useShortcut('t', change);
  return (
    <Button onPress={change} shortcut="t" label={`${other === 'dark' ? 'Dark' : 'Light'} theme`}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </Button>
  );
}
