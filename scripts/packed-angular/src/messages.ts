import { messageType } from '@stasis-rx/core';

export const CallAnswered = messageType<{ agent: string }>('call_answered');
export const Channel = messageType<{ id: string; state: string }>('channel_snapshot');
