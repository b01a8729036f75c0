import { AppError, Id, JobId, type ErrorCode } from '@atrium/contracts';
import { Param, type PipeTransform } from '@nestjs/common';

/** What is not an id cannot name anything, so it answers like what does not exist. */
class IdPipe implements PipeTransform<string, string> {
  constructor(
    private readonly code: ErrorCode,
    private readonly form: typeof Id | typeof JobId = Id,
  ) {}

  transform(value: string): string {
    if (!this.form.safeParse(value).success) throw new AppError(this.code);
    return value.toLowerCase();
  }
}

const idParam = (name: string, code: ErrorCode) => () => Param(name, new IdPipe(code));

export const RoomId = idParam('roomId', 'room_not_found');
export const UserId = idParam('userId', 'member_not_found');
export const PersonId = idParam('userId', 'user_not_found');
export const MessageId = idParam('messageId', 'message_not_found');
export const PreviewId = idParam('previewId', 'not_found');
export const ScheduledId = idParam('scheduledId', 'scheduled_not_found');
export const FileId = idParam('fileId', 'file_not_found');
export const UploadId = idParam('uploadId', 'upload_not_found');
export const AnswerId = idParam('answerId', 'answer_not_found');
export const PollId = idParam('pollId', 'poll_not_found');
export const ReminderId = idParam('reminderId', 'reminder_not_found');
export const KeywordId = idParam('keywordId', 'keyword_not_found');
export const WebhookId = idParam('webhookId', 'webhook_not_found');
export const InteractionId = idParam('interactionId', 'interaction_not_found');
export const BotId = idParam('botId', 'bot_not_found');
export const DeliveryId = idParam('deliveryId', 'delivery_not_found');
export const DeadLetterId = idParam('letterId', 'dead_letter_not_found');
export const SessionId = idParam('sessionId', 'session_not_found');
export const TokenId = idParam('tokenId', 'token_not_found');
export const AvatarId = idParam('avatarId', 'not_found');
export const QueuedJobId = () => Param('jobId', new IdPipe('job_not_found', JobId));
