/** What a container says of itself, as far as it is looked at here. */
export interface Container {
  Id: string;
  Name: string;
  State: { Pid: number; StartedAt: string; ExitCode: number; Health?: { Status: string } };
  Config: { User: string; Cmd: string[] | null; Entrypoint: string[] | null; Labels: Record<string, string>; Image: string };
  NetworkSettings: { Networks: Record<string, unknown> };
  HostConfig: {
    ReadonlyRootfs: boolean;
    CapDrop: string[] | null;
    CapAdd: string[] | null;
    Memory: number;
    PidsLimit: number | null;
    SecurityOpt: string[] | null;
    Privileged: boolean;
  };
}

export const serviceOf = ({ Config }: Container): string => Config.Labels['com.docker.compose.service'] ?? '';
