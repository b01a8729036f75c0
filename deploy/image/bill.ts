interface Component {
  'bom-ref': string;
  name: string;
}

/** A software bill of materials as npm writes it, in CycloneDX. */
export interface Bill {
  serialNumber?: string;
  metadata: { timestamp?: string; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn?: string[] }[];
}

/** Where one version is installed twice, npm tells the two apart by what follows a bar. */
const packageOf = (component: Component) => component['bom-ref'].split('|')[0] as string;

/** The bill of one image: of npm's what it holds (`name@version`), and nothing that differs from one build to the next. */
export function billOf(whole: Bill, app: string, packages: ReadonlySet<string>): Bill {
  const components = whole.components.filter((component) => packages.has(packageOf(component)));
  const { component } = whole.metadata;
  const known = new Set([component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => known.has(one)) }));
  const { serialNumber: _random, metadata, ...rest } = whole;
  const { timestamp: _now, ...kept } = metadata;
  return { ...rest, metadata: { ...kept, component: { ...component, name: `atrium-${app}` } }, components, dependencies };
}
