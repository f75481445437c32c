"""Russian words of closed lists as lines have them, where a line wants another word than a document.

By field and value: the first is written, all are read. Whatever is not here is written as documents print it.
"""

from __future__ import annotations

from collections.abc import Mapping

TERMS: Mapping[str, str] = {
    "collection.database": "база данных|бд|базы данных",
    "collection.scraped": "скрейпинг|парсинг|собраны скрейпингом",
    "collection.written": "написаны людьми|тексты людей",
    "collection.annotated": "размечены|разметка",
    "collection.survey": "опрос|опросы|анкета",
    "collection.sensor": "датчик|датчики",
    "collection.partner": "от партнёра|партнёр|партнёры",
    "collection.purchased": "куплены|покупка",
    "access.granted": "доступ есть|есть|разрешено|разрешён|открыт|открыто|доступ получен|получен|можно|да",
    "access.requested": "доступ запрошен|запрошен|запрошено",
    "access.unavailable": "доступа нет|недоступно|недоступны|закрыто|нельзя|нет",
    "origin.natural": "естественные|естественная|естественный|поведение|сами по себе",
    "origin.human": "люди|разметчики|разметка",
    "origin.llm": "LLM|языковая модель",
    "role.retrieval": "отбор|отбор кандидатов|поиск",
    "role.llm": "LLM|языковая модель",
    "role.guard": "защитный фильтр|фильтр|защита",
    "role.feature_store": "feature store|хранилище признаков",
    "role.database": "база данных|бд|база",
    "role.log": "лог|логи|журнал",
    "role.cache": "кеш|кэш",
    "role.batch_compute": "пакетные вычисления|пакетный расчёт",
    "role.stream_compute": "потоковые вычисления|потоковый расчёт",
    "lane.offline": "офлайн|оффлайн",
    "mode.batch": "пакетно|батч|пакетный",
    "mode.stream": "поток|потоком|стрим",
    "available.request": "в запросе|запрос|из запроса",
    "available.batch": "пакетно|батч",
    "available.offline_only": "только офлайн|только оффлайн",
    "family.trees": "деревья|бустинг",
    "family.linear": "линейная модель|линейная",
    "family.deep": "глубокая сеть|нейросеть",
    "family.llm": "LLM|языковая модель",
    "strategy.temporal": "по времени|время",
    "strategy.rolling": "скользящая граница|скользящее окно",
    "strategy.random": "случайно|случайное",
    "strategy.stratified": "стратифицированно|стратифицированное",
    "strategy.kfold": "k-fold|на фолды|фолды",
    "strategy.fixed": "готовые части|на опубликованные части",
    "kind.sft": "SFT|обучение на инструкциях",
    "kind.alignment": "выравнивание|alignment",
    "hosting.api": "API|арендованная|аренда",
    "hosting.own": "своя|собственная",
}
