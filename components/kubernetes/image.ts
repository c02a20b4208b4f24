/** An image's name in its parts. */
export interface ImageName {
    repository: string;
    tag?: string;
    digest?: string;
}

const form =
    /^(?<repository>[a-z0-9]+([._-][a-z0-9]+)*(:\d+)?(\/[a-z0-9]+((\.|_{1,2}|-+)[a-z0-9]+)*)*)(:(?<tag>\w[\w.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$/;

/**
 * The parts of an image's name; undefined for what is none.
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
function parseImage(image: string): ImageName | undefined {
    const { repository, tag, digest } = form.exec(image)?.groups ?? {};
    return repository === undefined ? undefined : { repository, tag, digest };
}

/** What is wrong with an image's name, with the mend; undefined where nothing is. */
export function imageFault(image: string): string | undefined {
    const name = parseImage(image);
    if (!name) return `"${image}" is not the name of an image; give one like registry.example.com/backend:1.4.2`;
    if (name.digest !== undefined) return undefined;
    if (name.tag === undefined) return `${image} has no tag, so it means latest; give a fixed tag or a digest`;
    if (name.tag === "latest") return `${image} is another image every time it is pushed; give a fixed tag or a digest`;
    return undefined;
}
