import { VERSION } from '@angular/core';

declare const ANGULAR_MAJOR: number;

it('runs on the Angular that this run of the tests is for', () => {
  expect(Number(VERSION.major)).toBe(ANGULAR_MAJOR);
});
