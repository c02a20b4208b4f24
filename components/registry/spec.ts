/** The repositories of a platform's images in plain values. */
export interface RegistrySpec {
    /**
     * A repository for each of these names.
     * @default backend, frontend
     * @remarks Repositories are made and deleted one by one. One that holds images is only deleted where nothing is protected.
     */
    names: string[];
    /**
     * How many images of each repository are kept: when there are more, the oldest go.
     * @default 10
     * @remarks Updated in place.
     */
    keptImages: number;
    /**
     * Days between asking AWS to delete the images' key and its end, 7 to 30.
     * @default by tier: 7 / 7 / 30
     */
    keyDeletionWindowDays: number;
}
