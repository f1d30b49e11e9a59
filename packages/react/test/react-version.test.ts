import { version } from 'react';
import { version as domVersion } from 'react-dom';

declare const REACT_MAJOR: number; // of the project, in jest.config.js

it('the tests run on the React that the project names', () => {
  const majors = [version, domVersion].map((text) => Number.parseInt(text, 10));
  expect(majors).toEqual([REACT_MAJOR, REACT_MAJOR]);
});
