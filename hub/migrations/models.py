"""Every table there is, known to SQLModel's metadata by being imported."""
# pyright: reportUnusedImport=false

import hub.access.signin.model
import hub.access.tokens.model
import hub.agencies
import hub.audit
import hub.broker
import hub.cases
import hub.consent
import hub.kit.idempotency
import hub.kit.outbox
import hub.kit.vault
import hub.people
import hub.web.drafts  # noqa: F401
