import type { z } from "zod";
import { byDefault, listOf, settings, whole } from "../settings";
import { keyDeletionWindowDays, nameOf } from "../settings/common";

/** The repositories of a platform's images. */
export const registrySettings = settings({
    /**
     * A repository for each of these names.
     * @remarks Repositories are created and deleted one by one. One that holds images is only deleted where nothing is
     * protected.
     */
    names: listOf(nameOf("the name of a repository", "backend")).meta(byDefault(["backend", "frontend"])),
    /**
     * How many images of each repository are kept: when there are more, the oldest go.
     * @remarks Updated in place.
     */
    keptImages: whole(1, 1000).meta(byDefault(10)),
    /**
     * Days between asking AWS to delete the images' key and its end.
     * @remarks Updated in place.
     */
    keyDeletionWindowDays,
});

export type RegistrySpec = z.output<typeof registrySettings>;
