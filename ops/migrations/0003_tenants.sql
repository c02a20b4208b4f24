-- Tenants, their users, the users' roles. Every key begins with the tenant: uniqueness and foreign keys are checked over all rows,
-- whatever the policies say, so a key without the tenant would tell one tenant what another has.

-- Up Migration

CREATE FUNCTION app.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION app.set_updated_at() FROM PUBLIC;

CREATE TABLE app.tenants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- A label of a DNS name.
    subdomain text NOT NULL CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$'),
    plan text NOT NULL DEFAULT 'free',
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    settings jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- Of the column alone, an index would be asked before the policy, and EXPLAIN ANALYZE would tell which customers there are. An expression
-- that is not leakproof is asked after it.
CREATE UNIQUE INDEX tenants_subdomain_key ON app.tenants ((subdomain || ''));

CREATE TABLE app.users (
    tenant_id uuid NOT NULL DEFAULT app.current_tenant_id() REFERENCES app.tenants ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    -- In lower case, so that a lookup can use the index: under a policy, one by lower(email) cannot, because lower() is not leakproof.
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    -- What the tenant's own system calls the user.
    external_id text CHECK (length(external_id) <= 255),
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, email),
    UNIQUE (tenant_id, external_id)
);

CREATE TABLE app.roles (
    tenant_id uuid NOT NULL DEFAULT app.current_tenant_id() REFERENCES app.tenants ON DELETE CASCADE,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description text,
    -- Each as resource:action.
    permissions text[] NOT NULL DEFAULT '{}',
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

CREATE TABLE app.user_roles (
    tenant_id uuid NOT NULL DEFAULT app.current_tenant_id() REFERENCES app.tenants ON DELETE CASCADE,
    user_id uuid NOT NULL,
    role_id uuid NOT NULL,
    granted_by uuid,
    granted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    metadata jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, user_id, role_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app.users ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, role_id) REFERENCES app.roles ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, granted_by) REFERENCES app.users ON DELETE SET NULL (granted_by)
);
CREATE INDEX user_roles_role ON app.user_roles (tenant_id, role_id);
CREATE INDEX user_roles_granted_by ON app.user_roles (tenant_id, granted_by);

CREATE TRIGGER updated BEFORE UPDATE ON app.tenants FOR EACH ROW EXECUTE FUNCTION app.set_updated_at();
CREATE TRIGGER updated BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.set_updated_at();
CREATE TRIGGER updated BEFORE UPDATE ON app.roles FOR EACH ROW EXECUTE FUNCTION app.set_updated_at();

CALL app.isolate_tenants('app.users');
CALL app.isolate_tenants('app.roles');
CALL app.isolate_tenants('app.user_roles');

-- A tenant sees itself. Only tenants_manager, which makes tenants, sees them all.
ALTER TABLE app.tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_select ON app.tenants FOR SELECT TO tenants_application, tenants_read_only
    USING (app.is_own_tenant(id, (SELECT app.current_tenant_id())) AND id = (SELECT app.current_tenant_id()));
CREATE POLICY tenants_manage ON app.tenants TO tenants_manager USING (true) WITH CHECK (true);
REVOKE ALL ON TABLE app.tenants FROM PUBLIC, tenants_application, tenants_read_only, tenants_manager;
GRANT SELECT ON TABLE app.tenants TO tenants_application, tenants_read_only;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE app.tenants TO tenants_manager;
ALTER TABLE app.tenants
    ALTER COLUMN id SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN subdomain SET STATISTICS 0,
    ALTER COLUMN plan SET STATISTICS 0, ALTER COLUMN status SET STATISTICS 0, ALTER COLUMN settings SET STATISTICS 0,
    ALTER COLUMN created_at SET STATISTICS 0, ALTER COLUMN updated_at SET STATISTICS 0;

-- What each user may do now. With the rights and the tenant of whoever asks.
CREATE VIEW app.user_permissions WITH (security_invoker = true, security_barrier = true) AS
    SELECT DISTINCT user_roles.tenant_id, user_roles.user_id, permission
    FROM app.user_roles
    JOIN app.roles ON roles.tenant_id = user_roles.tenant_id AND roles.id = user_roles.role_id
    CROSS JOIN LATERAL unnest(roles.permissions) AS permission
    WHERE user_roles.expires_at IS NULL OR user_roles.expires_at > now();
REVOKE ALL ON TABLE app.user_permissions FROM PUBLIC;
GRANT SELECT ON TABLE app.user_permissions TO tenants_application, tenants_read_only;

-- Down Migration

DROP VIEW app.user_permissions;
DROP TABLE app.user_roles, app.roles, app.users, app.tenants;
DROP FUNCTION app.set_updated_at();
