import type { ContractCase } from '@stasis-rx/core/testing';
import { contractCases, type BridgeContractSubject } from './contract-group.js';
import {
  keepsIdentity,
  crossesOnlyNamed,
  crossesOnlyLocal,
  crossesByCodec,
  hasNoEcho,
  mergesTwoBridges,
  mergesTriangle,
  takesAnyName,
} from './crossing-cases.js';
import {
  keepsOrder,
  keepsOrderOfPool,
  deliversOnce,
  rejectsInvalid,
  isolatesTopics,
  drainsOnClose,
  closesWithBus,
} from './delivery-cases.js';
import {
  cachesByEntity,
  givesSnapshotsFirst,
  clearsElsewhere,
  clearsOnLeaving,
  replacesOnRestart,
} from './snapshot-cases.js';

/**
 * The contract of bridges (B1–B13), whatever carries them: what crosses and under whose name, order, once and only once,
 * snapshots, leaving, hostile data, flow. What a transport does when it fails is its own tests' business. The cases wait
 * in real time, a few hundred milliseconds each.
 *
 * @param create makes a subject, anew for each case
 * @example
 * for (const { title, run } of bridgeContract(createSubject)) test(title, run);
 */
export function bridgeContract(create: () => BridgeContractSubject | Promise<BridgeContractSubject>): ContractCase[] {
  return contractCases(create, {
    'B1: delivers a local message under the eid of its bus, with its time and its data': keepsIdentity,
    'B1: keeps the snapshots of other buses beside the local one, and aggregates all of them': cachesByEntity,
    'B2: lets nothing cross but the named types on the named topics': crossesOnlyNamed,
    'B2: lets neither messages of other entities nor aggregates cross': crossesOnlyLocal,
    'B2: a codec takes data across that JSON cannot carry': crossesByCodec,
    'B3: sends nothing back, and nothing on': hasNoEcho,
    'B3: delivers once what comes through two bridges': mergesTwoBridges,
    'B3: delivers once round a triangle of bridges': mergesTriangle,
    'B4: keeps the order of a bus on a topic, across types': keepsOrder,
    'B4: keeps the order of a bus on a pool, across its topics': keepsOrderOfPool,
    'B5: delivers each message of three buses once to the others': deliversOnce,
    'B8: gives a late joiner the current snapshots before anything else': givesSnapshotsFirst,
    'B8: clears at the others what is cleared here': clearsElsewhere,
    'B9: takes the entries of a bus that leaves out of the caches, with updates': clearsOnLeaving,
    'B9: a bus that starts again replaces what it had before': replacesOnRestart,
    'B10: drops data that its type does not take, reports it, and goes on': rejectsInvalid,
    'B11: topics and entities may have any name': takesAnyName,
    'B12: a topic that has to wait keeps no other waiting': isolatesTopics,
    'B13: sends what was published before it closes, and closes once': drainsOnClose,
    'B13: closes with its bus': closesWithBus,
  });
}
