import { Component, type ReactNode } from 'react';
import { Trouble } from './parts.tsx';
import { useWords } from './WordsProvider.tsx';

/** Says so when a screen could not be drawn, instead of showing nothing. */
export class Guard extends Component<{ readonly children: ReactNode }, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Broken message={error.message} />;
  }
}

function Broken({ message }: { readonly message: string }): ReactNode {
  const { t } = useWords();
  return (
    <main className="sign-in">
      <div className="card">
        <Trouble>{t('app.broken', { message })}</Trouble>
        <button type="button" className="primary" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    </main>
  );
}
