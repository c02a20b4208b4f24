import { ListValue, NullValue, Value as ProtoValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value that must not appear in plain text: the engine encrypts it in the state and hides it in its output. */
export class Secret {
    constructor(readonly value: Value) {}
}

/** A value that is not known before the update, such as the id of a resource that is not created yet. */
export class Unknown {
    readonly unknown = true;
}

export const UNKNOWN = new Unknown();

/** A property value in the form that the engine and its providers exchange. */
export type Value = null | boolean | number | string | Value[] | Properties | Secret | Unknown;

/** The inputs or the outputs of a resource. An `undefined` property is an absent one. */
export interface Properties {
    [name: string]: Value | undefined;
}

// The engine's markers, from pulumi/pulumi sdk/go/common/resource/sig and .../resource/plugin/rpc.go.
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set([
    UNKNOWN_STRING,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

export function isObject(value: Value | undefined): value is Properties {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof Secret) &&
        !(value instanceof Unknown)
    );
}

/** The value inside a secret, or the value itself. */
export function reveal(value: Value | undefined): Value | undefined {
    return value instanceof Secret ? reveal(value.value) : value;
}

/** `value` with all secrets in it decrypted, at any depth. */
export function revealDeep(value: Value | undefined): Value | undefined {
    const plain = reveal(value);
    if (Array.isArray(plain)) return plain.map((item) => revealDeep(item) ?? null);
    if (isObject(plain)) return mapProperties(plain, revealDeep);
    return plain;
}

export function isUnknown(value: Value | undefined): boolean {
    return reveal(value) instanceof Unknown;
}

/** Whether `value` is unknown or holds something unknown, at any depth. */
export function hasUnknown(value: Value | undefined): boolean {
    return some(value, (part) => part instanceof Unknown);
}

/** Whether `value` is secret or holds something secret, at any depth. */
export function hasSecret(value: Value | undefined): boolean {
    return some(value, (part) => part instanceof Secret);
}

function some(value: Value | undefined, test: (part: Value | undefined) => boolean): boolean {
    if (test(value)) return true;
    if (value instanceof Secret) return some(value.value, test);
    if (Array.isArray(value)) return value.some((item) => some(item, test));
    return isObject(value) && Object.values(value).some((item) => some(item, test));
}

export function mapProperties(
    properties: Properties,
    change: (value: Value | undefined) => Value | undefined,
): Properties {
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, change(value)]));
}

export function fromStruct(struct: Struct | undefined): Properties {
    const properties: Properties = {};
    struct?.getFieldsMap().forEach((value, name) => {
        properties[name] = fromProto(value);
    });
    return properties;
}

export function toStruct(properties: Properties): Struct {
    const struct = new Struct();
    const fields = struct.getFieldsMap();
    for (const [name, value] of Object.entries(properties)) {
        if (value !== undefined) fields.set(name, toProto(value));
    }
    return struct;
}

function fromProto(proto: ProtoValue): Value {
    switch (proto.getKindCase()) {
        case ProtoValue.KindCase.BOOL_VALUE:
            return proto.getBoolValue();
        case ProtoValue.KindCase.NUMBER_VALUE:
            return proto.getNumberValue();
        case ProtoValue.KindCase.STRING_VALUE: {
            const text = proto.getStringValue();
            return UNKNOWNS.has(text) ? UNKNOWN : text;
        }
        case ProtoValue.KindCase.LIST_VALUE:
            return (proto.getListValue()?.getValuesList() ?? []).map(fromProto);
        case ProtoValue.KindCase.STRUCT_VALUE:
            return fromMarked(fromStruct(proto.getStructValue()));
        default:
            return null;
    }
}

/** Secrets and outputs are objects with a signature. */
function fromMarked(properties: Properties): Value {
    switch (properties[SIGNATURE]) {
        case SECRET_SIGNATURE:
            return new Secret(properties.value ?? null);
        case OUTPUT_SIGNATURE: {
            const value = properties.value ?? UNKNOWN;
            return properties.secret === true ? new Secret(value) : value;
        }
        default:
            return properties;
    }
}

function toProto(value: Value): ProtoValue {
    const proto = new ProtoValue();
    if (value === null) proto.setNullValue(NullValue.NULL_VALUE);
    else if (typeof value === "boolean") proto.setBoolValue(value);
    else if (typeof value === "number") proto.setNumberValue(value);
    else if (typeof value === "string") proto.setStringValue(value);
    else if (value instanceof Unknown) proto.setStringValue(UNKNOWN_STRING);
    else if (value instanceof Secret)
        proto.setStructValue(toStruct({ [SIGNATURE]: SECRET_SIGNATURE, value: value.value }));
    else if (Array.isArray(value)) proto.setListValue(new ListValue().setValuesList(value.map(toProto)));
    else proto.setStructValue(toStruct(value));
    return proto;
}
