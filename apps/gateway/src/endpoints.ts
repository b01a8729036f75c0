import { AuthHttp } from './accounts/auth.http.ts';
import { MeHttp } from './accounts/me.http.ts';
import { AskHttp } from './files/ask.http.ts';
import { ContentHttp } from './files/content.http.ts';
import { FilesHttp } from './files/files.http.ts';
import { MessagesHttp } from './messages/messages.http.ts';
import { MembersHttp } from './rooms/members.http.ts';
import { RoomsHttp } from './rooms/rooms.http.ts';
import { endpointOf, type EndpointMetadata } from './http/endpoint.ts';

type ControllerClass = new (...args: never[]) => object;

/** The public interface: what the app serves and what the documents describe. */
export const publicControllers: readonly ControllerClass[] = [
  AuthHttp,
  MeHttp,
  RoomsHttp,
  MembersHttp,
  MessagesHttp,
  FilesHttp,
  ContentHttp,
  AskHttp,
];

export type DeclaredEndpoint = EndpointMetadata & { controller: ControllerClass; handler: string };

/** Every route declared with `@Endpoint`, in the order of declaration. */
export function declaredEndpoints(controllers: readonly ControllerClass[] = publicControllers): DeclaredEndpoint[] {
  return controllers.flatMap((controller) => {
    const methods = Object.getOwnPropertyDescriptors(controller.prototype as object);
    return Object.entries(methods).flatMap(([handler, { value }]) => {
      const endpoint = typeof value === 'function' ? endpointOf(value as object) : undefined;
      return endpoint ? [{ ...endpoint, controller, handler }] : [];
    });
  });
}
