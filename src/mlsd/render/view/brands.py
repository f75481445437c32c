"""How tools spell their own names: kafka is Kafka, mlflow is MLflow."""

from __future__ import annotations

_NAMES = {
    "azure_ml": "Azure ML",
    "bentoml": "BentoML",
    "bigquery": "BigQuery",
    "clickhouse": "ClickHouse",
    "cockroachdb": "CockroachDB",
    "cron": "cron",
    "dbt": "dbt",
    "duckdb": "DuckDB",
    "dvc": "DVC",
    "dynamodb": "DynamoDB",
    "elasticsearch": "Elasticsearch",
    "emr": "EMR",
    "etcd": "etcd",
    "faiss": "FAISS",
    "fastapi": "FastAPI",
    "gcs": "GCS",
    "growthbook": "GrowthBook",
    "hdfs": "HDFS",
    "kserve": "KServe",
    "langchain": "LangChain",
    "langfuse": "Langfuse",
    "lakefs": "lakeFS",
    "launchdarkly": "LaunchDarkly",
    "lightgbm": "LightGBM",
    "minio": "MinIO",
    "mlflow": "MLflow",
    "mongodb": "MongoDB",
    "mysql": "MySQL",
    "nats": "NATS",
    "onnx": "ONNX",
    "openai": "OpenAI",
    "opensearch": "OpenSearch",
    "pgvector": "pgvector",
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "pytorch": "PyTorch",
    "rabbitmq": "RabbitMQ",
    "rocksdb": "RocksDB",
    "s3": "S3",
    "sagemaker": "SageMaker",
    "scylladb": "ScyllaDB",
    "sglang": "SGLang",
    "sqs": "SQS",
    "tensorflow": "TensorFlow",
    "tensorrt": "TensorRT",
    "tgi": "TGI",
    "torchserve": "TorchServe",
    "vllm": "vLLM",
    "wandb": "Weights & Biases",
    "xgboost": "XGBoost",
    "ydb": "YDB",
    "yt": "YT",
}


def brand(tool: str) -> str:
    """The name of a tool as it spells itself; what is not written as a plain id stays as it is."""
    if tool in _NAMES:
        return _NAMES[tool]
    plain = tool.isascii() and tool.replace("_", "").isalnum() and tool == tool.lower()
    return tool.replace("_", " ").title() if plain else tool
