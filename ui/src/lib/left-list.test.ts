// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { connection, stagingConnection } from '../../tests/fake/data';
import { LeftList } from './left-list';
import { session } from './session.svelte';

afterEach(() => {
  session.connection = undefined;
});

it('leads back to a list as it was left, and to another daemon’s as it begins', () => {
  session.connection = connection;
  const list = new LeftList('/batches');
  expect(list.address).toBe('/batches');
  list.remember('config=a');
  expect(list.address).toBe('/batches?config=a');
  session.connection = stagingConnection;
  expect(list.address).toBe('/batches');
});
