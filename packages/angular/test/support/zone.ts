import 'zone.js';
import 'zone.js/testing';
import '@angular/compiler';
import { NgModule, provideZoneChangeDetection } from '@angular/core';
import { ComponentFixtureAutoDetect, getTestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';

// As in an application, and as without zone.js: nobody calls `detectChanges`.
@NgModule({ providers: [provideZoneChangeDetection(), { provide: ComponentFixtureAutoDetect, useValue: true }] })
class WithZone {}

getTestBed().initTestEnvironment([BrowserTestingModule, WithZone], platformBrowserTesting());
