"""What the events of `traversion-store generate` have, for those who must say so before they can take them in."""
TOP = {
    "timestamp": "time", "eventId": "text", "eventType": "text", "service": "text", "host": "text", "traceId": "text",
    "spanId": "text", "parentSpanId": "text", "causedBy": "text", "duration": "integer", "status": "integer",
    "severity": "text", "message": "text",
}
ATTRIBUTES = (
    {name: "text" for name in (
        "method route path userId clientIp userAgent region caller db table operation statement op key node topic"
        " consumerGroup logger thread env exception errorCode stack source entityType actor previous version"
        " previousVersion commit deployer strategy oldValue newValue author changeId").split()}
    | {name: "integer" for name in (
        "requestBytes responseBytes rows poolInUse sizeBytes partition line pid interval openConnections"
        " replicas").split()}
    | {name: "number" for name in "poolWaitMs lagMs requestsPerSecond".split()}
    | {"hit": "boolean"})
STATE = {
    "entity": "text", "key": "text", "value": "text", "cpu": "number", "memory": "number", "errorRate": "number",
    "latencyP95": "number",
}
METRICS = ["cpu", "memory", "latencyP95", "errorRate"]
TEXT = "connection pool exhausted"
