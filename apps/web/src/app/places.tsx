import { Suspense, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { FirstPaint } from '../kit/loading.tsx';
import { RequireSession } from '../session/require-session.tsx';
import { NotHere } from '../kit/problem.tsx';
import { Shell } from '../layout/shell.tsx';
import { Home } from '../rooms/home.tsx';
import { RoomPage } from '../rooms/room-page.tsx';

// A room is what nearly everybody comes for, so its code comes with the first; what is opened now and then arrives when it is.
const SignInPage = lazy(() => import('../session/sign-in-page.tsx').then((m) => ({ default: m.SignInPage })));
const RegisterPage = lazy(() => import('../session/register-page.tsx').then((m) => ({ default: m.RegisterPage })));
const ForgotPage = lazy(() => import('../session/forgot-page.tsx').then((m) => ({ default: m.ForgotPage })));
const ResetPage = lazy(() => import('../session/reset-page.tsx').then((m) => ({ default: m.ResetPage })));
const RoomsPage = lazy(() => import('../rooms/rooms-page.tsx').then((m) => ({ default: m.RoomsPage })));
const CreatePage = lazy(() => import('../rooms/create-page.tsx').then((m) => ({ default: m.CreatePage })));
const JoinPage = lazy(() => import('../rooms/join-page.tsx').then((m) => ({ default: m.JoinPage })));
const WaitingPage = lazy(() => import('../lobby/waiting-page.tsx').then((m) => ({ default: m.WaitingPage })));
const InvitePage = lazy(() => import('../invites/invite-page.tsx').then((m) => ({ default: m.InvitePage })));
const LeavePage = lazy(() => import('../rooms/leave-page.tsx').then((m) => ({ default: m.LeavePage })));
const SearchPage = lazy(() => import('../search/search-page.tsx').then((m) => ({ default: m.SearchPage })));
const ThreadsPage = lazy(() => import('../threads/threads-page.tsx').then((m) => ({ default: m.ThreadsPage })));
const SavedPage = lazy(() => import('../saved/saved-page.tsx').then((m) => ({ default: m.SavedPage })));
const AheadPage = lazy(() => import('../scheduled/ahead-page.tsx').then((m) => ({ default: m.AheadPage })));
const NotificationsPage = lazy(() => import('../notifications/notifications-page.tsx').then((m) => ({ default: m.NotificationsPage })));
const SharePage = lazy(() => import('../share/share-page.tsx').then((m) => ({ default: m.SharePage })));
const ProfilePage = lazy(() => import('../profile/profile-page.tsx').then((m) => ({ default: m.ProfilePage })));

const AdminPage = lazy(() => import('../admin/admin-page.tsx').then((m) => ({ default: m.AdminPage })));

/** Every place has an address; reload returns to it. */
export function Places() {
  return (
    <Suspense fallback={<FirstPaint />}>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/register" element={<RegisterPage />} />
        <Route path="/forgot-password" element={<ForgotPage />} />
        <Route path="/reset-password" element={<ResetPage />} />
        <Route path="/invite/:code" element={<InvitePage />} />
        <Route element={<RequireSession />}>
          <Route element={<Shell />}>
            <Route index element={<Home />} />
            <Route path="/rooms" element={<RoomsPage />} />
            <Route path="/rooms/create" element={<CreatePage />} />
            <Route path="/rooms/:roomId/join" element={<JoinPage />} />
            <Route path="/rooms/:roomId/waiting" element={<WaitingPage />} />
            <Route path="/rooms/:roomId/leave" element={<LeavePage />} />
            <Route path="/rooms/:roomId/*" element={<RoomPage />} />
            <Route path="/search" element={<SearchPage />} />
            <Route path="/threads" element={<ThreadsPage />} />
            <Route path="/saved" element={<SavedPage />} />
            <Route path="/drafts" element={<AheadPage />} />
            <Route path="/notifications" element={<NotificationsPage />} />
            <Route path="/share" element={<SharePage />} />
            <Route path="/profile/*" element={<ProfilePage />} />
            <Route path="/admin/*" element={<AdminPage />} />
            <Route path="*" element={<NotHere />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  );
}
