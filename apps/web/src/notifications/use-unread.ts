import { useSyncExternalStore } from 'react';
import { notificationCenter } from './notification-center.ts';

export const useUnreadNotifications = (): number => useSyncExternalStore(notificationCenter.subscribe, notificationCenter.snapshot);
