import { BusModule } from '@atrium/bus';
import { profileFacts } from '@atrium/contracts';
import { AuditChain, AuditLog, DatabaseModule, factLog, factsRpc } from '@atrium/database';
import { PasswordHasher, Sealer } from '@atrium/service-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { migrations } from '../migrations/index.ts';
import { AvatarsRpc } from './avatars/avatars.rpc.ts';
import { AvatarsService } from './avatars/avatars.service.ts';
import { AdminRepository } from './admin/admin.repository.ts';
import { AdminRpc } from './admin/admin.rpc.ts';
import { AdminService } from './admin/admin.service.ts';
import { AdminStats } from './admin/admin-stats.service.ts';
import { BotsRepository } from './bots/bots.repository.ts';
import { BotsRpc } from './bots/bots.rpc.ts';
import { BotsService } from './bots/bots.service.ts';
import { AccountEmptier } from './closing/account-emptier.ts';
import { ClosingRepository } from './closing/closing.repository.ts';
import { ClosingRpc } from './closing/closing.rpc.ts';
import { ClosingService } from './closing/closing.service.ts';
import type { AccountsConfig } from './config.ts';
import { CreditAccountEntity, CreditEntryEntity, CreditReservationEntity } from './credits/credit.entities.ts';
import { CreditsRepository } from './credits/credits.repository.ts';
import { CreditsRpc } from './credits/credits.rpc.ts';
import { CreditsService } from './credits/credits.service.ts';
import { DeadLetterGauge } from './dead-letters/dead-letter-gauge.ts';
import { DeadLettersRepository } from './dead-letters/dead-letters.repository.ts';
import { DeadLettersRpc } from './dead-letters/dead-letters.rpc.ts';
import { DeadLettersService } from './dead-letters/dead-letters.service.ts';
import { Housekeeping, PURGED, type Purged } from './housekeeping.ts';
import { Mailer } from './mail/mailer.ts';
import { OidcAttempts } from './oidc/oidc-attempts.ts';
import { OidcClients } from './oidc/oidc-clients.ts';
import { OidcRpc } from './oidc/oidc.rpc.ts';
import { OidcService } from './oidc/oidc.service.ts';
import { PasswordConfirmation } from './passwords/password-confirmation.ts';
import { PasswordsRpc } from './passwords/passwords.rpc.ts';
import { PasswordsService } from './passwords/passwords.service.ts';
import { ResetLinksService } from './passwords/reset-links.service.ts';
import { ResetTokens } from './passwords/reset-tokens.ts';
import { GrantIssuer } from './sessions/grant-issuer.ts';
import { KnownDevices } from './sessions/known-devices.ts';
import { RefreshTokenEntity } from './sessions/refresh-token.entity.ts';
import { SessionEnds } from './sessions/session-ends.ts';
import { SessionEntity } from './sessions/session.entity.ts';
import { SessionsRepository } from './sessions/sessions.repository.ts';
import { SessionsRpc } from './sessions/sessions.rpc.ts';
import { SessionsService } from './sessions/sessions.service.ts';
import { SignInGuard } from './sessions/sign-in-guard.ts';
import { SignInService } from './sessions/sign-in.service.ts';
import { AccessTokens } from './signing/access-tokens.ts';
import { SigningKeyEntity } from './signing/signing-key.entity.ts';
import { SigningKeysService } from './signing/signing-keys.service.ts';
import { TokenRepository } from './tokens/token.repository.ts';
import { TokensRpc } from './tokens/tokens.rpc.ts';
import { TokensService } from './tokens/tokens.service.ts';
import { Challenges } from './two-factor/challenges.ts';
import { SecondStep } from './two-factor/second-step.ts';
import { TwoFactorCodes } from './two-factor/two-factor-codes.ts';
import { TwoFactorRepository } from './two-factor/two-factor.repository.ts';
import { TwoFactorRpc } from './two-factor/two-factor.rpc.ts';
import { TwoFactorService } from './two-factor/two-factor.service.ts';
import { AdminClaims } from './users/admin-claims.ts';
import { StreamKeeper } from './stream-keeper.ts';
import { NameLikeness } from './users/name-likeness.ts';
import { OwnProfileService } from './users/own-profile.service.ts';
import { UserEntity } from './users/user.entity.ts';
import { UsersRepository } from './users/users.repository.ts';
import { UsersRpc } from './users/users.rpc.ts';
import { UsersService } from './users/users.service.ts';

const entities = [
  UserEntity,
  SessionEntity,
  RefreshTokenEntity,
  SigningKeyEntity,
  CreditAccountEntity,
  CreditEntryEntity,
  CreditReservationEntity,
];

/** What loses what is old. */
const purged = [SignInGuard, SessionsRepository, KnownDevices, ResetTokens, Challenges, OidcAttempts, DeadLettersRepository];

@Module({})
export class AppModule {
  static forRoot(config: AccountsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BusModule.forRoot('accounts', config),
        DatabaseModule.forRoot({ service: 'accounts', url: config.ACCOUNTS_DATABASE_URL, entities, migrations }),
      ],
      controllers: [
        SessionsRpc,
        PasswordsRpc,
        TokensRpc,
        TwoFactorRpc,
        AvatarsRpc,
        ClosingRpc,
        OidcRpc,
        BotsRpc,
        UsersRpc,
        CreditsRpc,
        factsRpc(profileFacts),
        AdminRpc,
        DeadLettersRpc,
      ],
      providers: [
        factLog(profileFacts, 'user_id'),
        AccessTokens,
        AdminClaims,
        AvatarsService,
        Challenges,
        AccountEmptier,
        ClosingRepository,
        ClosingService,
        AdminRepository,
        AdminService,
        AdminStats,
        AuditChain,
        AuditLog,
        BotsRepository,
        BotsService,
        CreditsRepository,
        CreditsService,
        DeadLetterGauge,
        DeadLettersRepository,
        DeadLettersService,
        GrantIssuer,
        Housekeeping,
        { provide: PURGED, useFactory: (...purged: Purged[]) => purged, inject: purged },
        KnownDevices,
        Mailer,
        NameLikeness,
        OidcAttempts,
        OidcClients,
        OidcService,
        OwnProfileService,
        PasswordConfirmation,
        PasswordHasher,
        PasswordsService,
        ResetLinksService,
        ResetTokens,
        {
          provide: Sealer,
          useValue: new Sealer({ service: 'accounts', key: config.ACCOUNTS_SECRETS_KEY, setting: 'ACCOUNTS_SECRETS_KEY' }),
        },
        SecondStep,
        SessionEnds,
        SessionsRepository,
        SessionsService,
        SignInGuard,
        SignInService,
        SigningKeysService,
        StreamKeeper,
        TokenRepository,
        TokensService,
        TwoFactorCodes,
        TwoFactorRepository,
        TwoFactorService,
        UsersRepository,
        UsersService,
      ],
    };
  }
}
