/// The words that the fleet is made of.
enum Vocabulary {
    /// Services by layer: those in front, those that they call, and so on.
    static let layers: [[String]] = [
        ["api-gateway", "web-frontend", "mobile-api", "partner-api"],
        [
            "orders", "checkout", "basket", "catalog", "search", "accounts", "login", "sessions", "reviews", "support",
            "offers",
        ],
        [
            "payments", "inventory", "pricing", "shipping", "tax", "fraud-check", "ledger", "wallet", "profiles",
            "media", "notifier", "subscriptions", "returns",
        ],
        [
            "mail-sender", "sms-sender", "geocoder", "exchange-rates", "feature-flags", "audit", "documents",
            "rate-limiter", "warehouse", "carrier-link",
        ],
    ]
    static let regions = ["eu-central-1", "us-east-2", "ap-northeast-1"]
    static let nouns = [
        "account", "address", "agent", "answer", "asset", "avatar", "balance", "banner", "basket", "campaign",
        "capture",
        "charge", "coupon", "device", "dispute", "facet", "filter", "invoice", "label", "offer", "order", "parcel",
        "payout", "product", "profile", "quote", "rating", "refund", "reservation", "review", "rule", "segment",
        "session", "shipment", "stock", "tariff", "ticket", "topup", "transfer", "voucher",
    ]
    static let verbs = ["created", "updated", "removed", "requested"]
    static let people = ["ana", "bela", "chidi", "dana", "emre", "fay", "goran", "hana"]
    static let flags = ["new-checkout", "fast-search", "price-v2", "async-audit", "bulk-mail", "edge-cache"]
    static let settings = [
        "db.pool.max", "http.timeout.ms", "retry.max", "cache.ttl.s", "thread.pool.size", "log.level",
    ]
    static let orderStates = ["created", "pending", "reserved", "paid", "picked", "shipped", "delivered", "closed"]
    static let agents = [
        "ShopApp/7.2.1 (iOS 17.4)", "ShopApp/7.1.0 (iOS 16.7)", "ShopApp/6.9.3 (Android 14)",
        "ShopApp/7.2.0 (Android 13)", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
        "python-httpx/0.27.0", "okhttp/4.12.0", "curl/8.5.0",
    ]

    /// What services log, with `{variables}`; the severity stands in front.
    static let logs = [
        "INFO Processed {noun} {id} for user {user} in {ms} ms", "INFO {noun} {id} accepted, {few} items queued",
        "DEBUG cache lookup {noun}:{id} took {ms} ms shard={few}", "INFO User {user} signed in from {ip}",
        "INFO Fetched {few} {noun} records from the replica in {ms} ms",
        "DEBUG Parsed {noun} payload of {id} bytes (schema v{few})", "WARN Slow {noun} call: {ms} ms, request {hex}",
        "INFO Publishing {noun}.updated for id {id} partition {few}",
        "INFO Request {hex} completed with {few} downstream calls in {ms} ms",
        "DEBUG Evaluating rule set {noun}-{few} for user {user}", "INFO Started {noun} workflow {hex} (attempt {few})",
        "INFO {noun} workflow {hex} finished in {ms} ms",
        "WARN Retrying {noun} request {hex}, attempt {few} after {ms} ms",
        "INFO Reserved {few} units of sku {id}", "DEBUG Session of {user} extended by {id} s",
        "INFO Price quote {hex} computed: {few} lines, {ms} ms", "DEBUG Feature {noun}_v{few} evaluated for {user}",
        "WARN Rate limit near for client {ip}: {few} of 100 remaining", "INFO Indexed document {id} into {noun}-{few}",
        "DEBUG Connection {hex} returned to pool {noun} (active={few})", "WARN GC pause of {ms} ms, heap after {id} KB",
        "INFO Consumed {noun} event {hex} offset {id} lag {few}", "INFO Webhook {noun} delivered to {ip} in {ms} ms",
        "INFO Rendered template {noun}_{few} for {user} ({id} bytes)", "INFO {user} changed {noun} {id} from {ip}",
        "DEBUG Circuit {noun} closed, failures {few}", "INFO Lock {noun}:{id} taken in {ms} ms by worker-{few}",
        "INFO Batch {hex} flushed {id} {noun} rows in {ms} ms", "WARN Payload for {noun} {id} cut to {few} KB",
        "INFO Health probe fine: {few} checks, slowest {ms} ms",
    ]
}
