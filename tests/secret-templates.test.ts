import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import {
    cacheTemplate,
    databaseTemplate,
    databaseUrl,
    type Template,
} from "../components/application/secret-templates";

/**
 * What External Secrets does with a template: Go's own, and of its further functions the one that is used here.
 * @see https://external-secrets.io/latest/guides/templating/
 */
const renderer = `package main

import (
	"encoding/json"
	"os"
	"strings"
	"text/template"
)

func main() {
	var cases []struct {
		Template map[string]string
		Fields   map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	functions := template.FuncMap{"replace": func(old, new, text string) string { return strings.ReplaceAll(text, old, new) }}
	rendered := []map[string]string{}
	for _, one := range cases {
		entries := map[string]string{}
		for name, text := range one.Template {
			var output strings.Builder
			parsed := template.Must(template.New(name).Option("missingkey=error").Funcs(functions).Parse(text))
			if err := parsed.Execute(&output, one.Fields); err != nil {
				panic(err)
			}
			entries[name] = output.String()
		}
		rendered = append(rendered, entries)
	}
	json.NewEncoder(os.Stdout).Encode(rendered)
}
`;

const passwords = ["plain", "!#$%&*()-_=+[]{}<>:?", "a b+c%20d", "/@\"'\\`", "{{ .username }}", "é漢\n"];
const why = spawnSync("go", ["version"]).error ? "there is no Go" : "";

describe.skipIf(why)(`the templates of secrets${why && `, skipped: ${why}`}`, () => {
    it("make URLs that every password comes out of again", () => {
        const database = { host: "db.example.internal", port: "5432", dbname: "app", username: "application" };
        const cache = { host: "cache.example.internal", readerHost: "reader.example.internal", port: "6379" };
        const rendered = render(
            passwords.flatMap((password) => [
                {
                    Template: { ...databaseTemplate("postgres"), READER: databaseUrl("postgres", "reader:5432") },
                    Fields: { ...database, password },
                },
                { Template: databaseTemplate("mysql"), Fields: { ...database, password } },
                { Template: cacheTemplate(false), Fields: { ...cache, authToken: password } },
                { Template: cacheTemplate(true), Fields: { ...cache, username: "application", password } },
            ]),
        );
        for (const [index, password] of passwords.entries()) {
            const [postgres, mysql, token, user] = rendered.slice(index * 4);
            const encoded = encodeURIComponent(password).replace(
                /[!'()*]/g,
                (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
            );
            expect(postgres).toEqual({
                DATABASE_URL: `postgresql://application:${encoded}@db.example.internal:5432/app?sslmode=require`,
                READER: `postgresql://application:${encoded}@reader:5432/app?sslmode=require`,
                DATABASE_HOST: "db.example.internal",
                DATABASE_PORT: "5432",
                DATABASE_NAME: "app",
                DATABASE_USER: "application",
                DATABASE_PASSWORD: password,
            });
            expect(mysql?.DATABASE_URL).toBe(
                `mysql://application:${encoded}@db.example.internal:5432/app?ssl-mode=REQUIRED`,
            );
            expect(token?.REDIS_URL).toBe(`rediss://:${encoded}@cache.example.internal:6379`);
            expect(token?.REDIS_PASSWORD).toBe(password);
            expect(user?.REDIS_URL).toBe(`rediss://application:${encoded}@cache.example.internal:6379`);
            expect(user?.REDIS_USERNAME).toBe("application");
            for (const url of [postgres?.DATABASE_URL, mysql?.DATABASE_URL, token?.REDIS_URL]) {
                expect(decodeURIComponent(new URL(url ?? "").password)).toBe(password);
            }
        }
    });
});

function render(cases: { Template: Template; Fields: Record<string, string> }[]): Record<string, string>[] {
    const directory = mkdtempSync(path.join(tmpdir(), "plinth-templates-"));
    try {
        const file = path.join(directory, "main.go");
        writeFileSync(file, renderer);
        const { stdout, stderr, status } = spawnSync("go", ["run", file], {
            input: JSON.stringify(cases),
            encoding: "utf8",
        });
        if (status !== 0) throw new Error(stderr);
        return JSON.parse(stdout) as Record<string, string>[];
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
